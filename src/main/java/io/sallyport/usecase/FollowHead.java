package io.sallyport.usecase;

/** Keeps this replica at the head: reads what changed, compiles the touched gateways, publishes their snapshots. */
public final class FollowHead {}
