package io.sallyport.domain.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blocks of PEM (RFC 7468); what stands between them is commentary. Messages never quote what was read. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /** One block, between its lines. */
    record Block(String label, String base64) {
        byte[] content() {
            return Base64.getDecoder().decode(base64);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** Throws IllegalArgumentException where there is none, or one that cannot be read. */
    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), checked(matcher.group(2), blocks.size() + 1)));
        }
        long begun = Pattern.compile("-----BEGIN ").matcher(text).results().count();
        if (blocks.isEmpty() || begun != blocks.size()) {
            throw new IllegalArgumentException(
                    "it is not PEM: use whole blocks from -----BEGIN …----- to -----END …-----, with their line breaks");
        }
        return blocks;
    }

    static String text(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    private static String checked(String base64, int number) {
        String text = base64.replaceAll("\\s", "");
        try {
            byte[] ignored = Base64.getDecoder().decode(text);
            return text;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("block %d is not Base64".formatted(number), malformed);
        }
    }
}
