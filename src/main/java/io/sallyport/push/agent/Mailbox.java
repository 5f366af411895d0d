package io.sallyport.push.agent;

import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands what happens on other threads to the one thread of a stream. {@code lock} guards all; nobody blocks while he
 * holds it. Bounded by the transport, which is asked for the next message only when the last one was taken.
 */
final class Mailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Queue<AgentMessage> messages = new ArrayDeque<>();
    private boolean isWoken;

    void put(AgentMessage message) {
        change(() -> messages.add(message));
    }

    /** Ends the wait of {@link #take}; wakes that come before it are one. */
    void wake() {
        change(() -> {});
    }

    /** All messages, after at least one came, somebody woke it or the time is over. */
    List<AgentMessage> take(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (!isWoken && left > 0) {
                left = news.awaitNanos(left);
            }
            isWoken = false;
            List<AgentMessage> taken = new ArrayList<>(messages);
            messages.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            isWoken = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }
}
