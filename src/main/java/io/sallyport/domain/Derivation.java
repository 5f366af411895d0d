package io.sallyport.domain;

import java.util.List;

/**
 * Something that follows from resources of one kind and from nothing else. A constant, by whose identity what was derived
 * is found again; what it gives must not change any more.
 */
public interface Derivation<T> {

    /** By name. */
    T of(List<Resource<?>> resources);
}
