package io.sallyport.local.differential;

/**
 * How a request is written, which is to make no difference.
 *
 * @param isDouble whether it says another host besides, which does not count: in {@code Host}, beside an absolute-form
 *     target or {@code :authority}
 * @param isHttp2 whether it comes over HTTP/2
 */
record Manner(boolean isDouble, boolean isHttp2) {}
