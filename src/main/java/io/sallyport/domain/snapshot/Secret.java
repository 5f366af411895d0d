package io.sallyport.domain.snapshot;

import io.sallyport.domain.Credential;
import io.sallyport.domain.ResourceName;

/** A credential that a gateway needs; it prints without its data. */
public record Secret(ResourceName name, Credential credential) {}
