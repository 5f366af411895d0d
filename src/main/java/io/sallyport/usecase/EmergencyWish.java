package io.sallyport.usecase;

import java.time.Duration;

/**
 * That something is to be done without the approvals that it needs.
 *
 * @param within after which time it is taken back, unless it is approved
 * @param reason why it cannot wait
 */
public record EmergencyWish(Duration within, String reason) {}
