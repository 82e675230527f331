package ghostrow.profile;

import ghostrow.profile.Findings.Finding;
import ghostrow.profile.Function.Order;
import ghostrow.profile.page.ProfilePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts a run's profile together, leaves it as files, and tells of it. */
public final class Report {
    private Report() {
    }

    /**
     * What the steps of a run have done, and what there is to find out what the machine can do, which is best done when the
     * ranks have ended.
     */
    public record Stepped(Work work, Work.Loops loops) {
    }

    /**
     * @param folder  of the profile, or of the results that it lies in
     * @param order   own, cumulative or calls
     * @param top     rows of a table
     * @param stepped of a run that has just ended
     */
    public static void make(Path folder, String order, int top, Optional<Stepped> stepped) throws IOException {
        try (Profile profile = Profile.read(folder)) {
            if (stepped.isPresent()) {
                rate(profile, stepped.get());
            }
            Path into = Files.isDirectory(folder.resolve("profile")) ? folder.resolve("profile") : folder;
            List<Finding> findings = Findings.of(profile);
            Spreadsheets sheets = new Spreadsheets(profile);
            sheets.functions(into.resolve("functions.csv"));
            sheets.lines(into.resolve("lines.csv"));
            sheets.memory(into.resolve("memory.csv"));
            sheets.calls(into.resolve("mpi.csv"));
            Stacks stacks = new Stacks(profile);
            stacks.collapsed(into.resolve("collapsed.txt"));
            stacks.speedscope(into.resolve("profile.speedscope.json"));
            ChromeTrace.write(profile, into.resolve("trace.json"));
            ProfilePage.write(PageData.of(profile, findings), into.resolve("profile.html"));
            System.out.print(Tables.of(profile, findings, Order.valueOf(order), top));
            System.out.println("- " + into.resolve("profile.html") + " has the charts, and the other files there the figures");
        }
    }

    private static void rate(Profile profile, Stepped stepped) throws IOException {
        long hosts = profile.traces().stream().map(trace -> trace.text("host")).distinct().count();
        long here = profile.traces().stream().filter(trace -> trace.text("host").equals(profile.first().text("host")))
                .mapToLong(trace -> trace.number("threads")).sum();
        stepped.work.save(profile.work(), Roofline.measure((int) hosts, (int) here, stepped.loops));
    }
}
