package ghostrow.app;

import picocli.CommandLine.Option;

/** What a run says of itself to programs. */
final class RecordOptions {

    @Option(names = "--json", paramLabel = "FILE", description = "Write the run's record; - is standard output.")
    String json;

    @Option(names = "--digest", description = "Add the result's digest to the record.")
    boolean digest;
}
