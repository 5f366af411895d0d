package io.sallyport.push.xds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the guilty among suspects, of which at least one is, by questions: each holds some back and learns whether the
 * rest is accepted. What tightens is let through first. Knows no clock and no wire.
 */
final class Bisection<K extends Comparable<K>> {
    /** Whoever is not cleared by then is held as guilty. */
    private static final int MOST_QUESTIONS = 100;

    private final Set<K> guilty = new TreeSet<>();
    private final Deque<Group<K>> groups = new ArrayDeque<>();
    private final Group<K> tightening;
    private final Group<K> widening;
    private List<K> asked = List.of();
    private List<K> rest = List.of();
    private boolean askedIsSure;
    private int questions;
    private Stage stage;

    /** Suspects that are held together; {@code sure} where at least one of them is guilty. */
    private record Group<K>(List<K> members, boolean sure) {}

    private enum Stage {
        /** Holds back all that widens. */
        WIDENING_HELD,
        /** Holds back all. */
        ALL_HELD,
        SEARCHING,
        FOUND,
        /** Not even without all of them was the rest accepted. */
        IN_VAIN
    }

    Bisection(Collection<K> widening, Collection<K> tightening) {
        this.widening = new Group<>(List.copyOf(widening), true);
        this.tightening = new Group<>(List.copyOf(tightening), true);
        if (widening.size() + tightening.size() == 1) {
            guilty.addAll(widening);
            guilty.addAll(tightening);
            stage = Stage.FOUND;
        } else {
            stage = widening.isEmpty() ? Stage.ALL_HELD : Stage.WIDENING_HELD;
        }
    }

    boolean isOver() {
        return stage == Stage.FOUND || stage == Stage.IN_VAIN;
    }

    boolean isInVain() {
        return stage == Stage.IN_VAIN;
    }

    Set<K> guilty() {
        return new TreeSet<>(guilty);
    }

    /** What to hold back now. */
    Set<K> held() {
        Set<K> held = new TreeSet<>(guilty);
        switch (stage) {
            case WIDENING_HELD -> held.addAll(widening.members());
            case ALL_HELD, IN_VAIN -> {
                held.addAll(widening.members());
                held.addAll(tightening.members());
            }
            case SEARCHING -> {
                groups.forEach(group -> held.addAll(group.members()));
                held.addAll(rest);
            }
            case FOUND -> {}
        }
        return held;
    }

    /** All but what is held is good. */
    void accepted() {
        switch (stage) {
            case WIDENING_HELD -> search(List.of(widening));
            case ALL_HELD ->
                search(List.of(
                        tightening,
                        new Group<>(widening.members(), tightening.members().isEmpty())));
            case SEARCHING -> {
                // What was asked about is cleared; of a group that holds a guilty one the rest holds it.
                push(rest, askedIsSure);
                ask();
            }
            case FOUND, IN_VAIN -> {}
        }
    }

    /** Among what is not held is a guilty one. */
    void refused() {
        switch (stage) {
            case WIDENING_HELD -> stage = tightening.members().isEmpty() ? Stage.IN_VAIN : Stage.ALL_HELD;
            case ALL_HELD -> stage = Stage.IN_VAIN;
            case SEARCHING -> {
                push(rest, false);
                if (asked.size() == 1) {
                    guilty.addAll(asked);
                } else {
                    push(asked, true);
                }
                ask();
            }
            case FOUND, IN_VAIN -> {}
        }
    }

    private void search(List<Group<K>> first) {
        stage = Stage.SEARCHING;
        first.stream().filter(group -> !group.members().isEmpty()).forEach(groups::addLast);
        ask();
    }

    private void push(List<K> members, boolean sure) {
        if (!members.isEmpty()) {
            groups.addFirst(new Group<>(members, sure));
        }
    }

    private void ask() {
        asked = List.of();
        rest = List.of();
        while (!groups.isEmpty()
                && groups.getFirst().sure()
                && groups.getFirst().members().size() == 1) {
            guilty.addAll(groups.removeFirst().members());
        }
        if (groups.isEmpty()) {
            stage = Stage.FOUND;
        } else if (questions++ >= MOST_QUESTIONS) {
            groups.forEach(group -> guilty.addAll(group.members()));
            groups.clear();
            stage = Stage.FOUND;
        } else {
            askAbout(groups.removeFirst());
        }
    }

    private void askAbout(Group<K> group) {
        List<K> members = new ArrayList<>(group.members());
        int half = group.sure() ? members.size() / 2 : members.size();
        asked = List.copyOf(members.subList(0, half));
        rest = List.copyOf(members.subList(half, members.size()));
        askedIsSure = group.sure();
    }
}
