package ghostrow.study.scale;

import ghostrow.data.chart.Picture;
import ghostrow.study.page.Page;
import java.io.IOException;
import java.util.List;

/** A report as a page: what the terminal shows, and its charts. */
final class ReportPage {
    private ReportPage() {
    }

    static String of(Report report, List<Picture> charts) throws IOException {
        List<String> columns = List.of("ranks", "threads", "repeat", "seconds", "wall", "startSeconds",
                "closingSeconds", "pointsPerSecond", "binding", "sum", "host.load", "date");
        return Page.whole(report.summary().title(), """
                %s
                <h2>Tables</h2>
                %s
                %s
                %s
                <h2>Laws</h2>
                %s
                <h2>Charts</h2>
                %s
                <h2>Runs</h2>
                <details><summary>Every run (all columns are in study.csv)</summary>
                %s
                </details>
                """.formatted(Page.paragraphs("small", report.circumstances()),
                table(report.times()), table(report.causes()), Page.paragraphs("note", report.notes()),
                Page.paragraphs("law", report.findings()), Page.figures(charts),
                Page.table(columns, report.summary().rows().stream()
                        .map(row -> columns.stream().map(row::text).toList()).toList())));
    }

    private static String table(Report.Table table) {
        return Page.table(table.heading(), table.rows());
    }
}
