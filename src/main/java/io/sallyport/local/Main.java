package io.sallyport.local;

import java.util.List;

/** What {@code ./sallyport} runs. The script itself answers {@code help} and {@code test}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    @SuppressWarnings("SystemOut")
    private static int run(List<String> arguments) {
        try {
            return verb(arguments.getFirst(), arguments.subList(1, arguments.size()));
        } catch (CommandException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int verb(String name, List<String> arguments) {
        return switch (name) {
            case "up" -> Up.run(UpOptions.parse(arguments));
            case "down" -> Down.run();
            case "token" -> TokenVerb.run(arguments);
            case "bootstrap" -> BootstrapVerb.run(arguments);
            case "bench" -> Benches.run(arguments);
            case "trial" -> Trials.run(arguments);
            default -> throw new CommandException("There is no verb '" + name + "'; see ./sallyport help.");
        };
    }
}
