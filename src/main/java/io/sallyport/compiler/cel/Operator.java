package io.sallyport.compiler.cel;

/** The operators of conditions, by the names that syntax trees of CEL have for them. */
public enum Operator {
    EITHER("_||_"),
    BOTH("_&&_"),
    NOT("!_"),
    CHOICE("_?_:_"),
    EQUAL("_==_"),
    UNEQUAL("_!=_"),
    LESS("_<_"),
    AT_MOST("_<=_"),
    MORE("_>_"),
    AT_LEAST("_>=_"),
    AMONG("@in"),
    ITEM("_[_]");

    private final String treeName;

    Operator(String treeName) {
        this.treeName = treeName;
    }

    /** As in {@code cel.expr.Expr.Call}. */
    public String treeName() {
        return treeName;
    }
}
