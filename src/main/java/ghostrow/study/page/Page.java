package ghostrow.study.page;

import ghostrow.data.chart.Picture;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One file of HTML that needs no other: tables, sentences and charts, for screens and for paper. */
public final class Page {
    private static final String STYLE = """
            body { font: 16px/1.5 "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: #202020;
                   max-width: 1160px; margin: 2em auto; padding: 0 1em; }
            h1 { font-size: 1.5em; line-height: 1.25; overflow-wrap: anywhere; }
            h2 { font-size: 1.15em; margin-top: 1.8em; }
            .small { color: #555; font-size: .9em; margin: .2em 0; overflow-wrap: anywhere; }
            table { border-collapse: collapse; margin-bottom: .8em; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: .3em .8em; border-bottom: 1px solid #ddd; white-space: nowrap; }
            th { border-bottom: 2px solid #888; font-weight: 600; }
            .words { text-align: left; white-space: normal; }
            .wide { overflow-x: auto; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 1em; }
            .charts figure { margin: 0; break-inside: avoid; }
            .charts svg { width: 100%; height: auto; }
            details table { font-size: .8em; }
            @media print { body { margin: 0; max-width: none; font-size: 11pt; }
                           .charts { grid-template-columns: 1fr 1fr; } details { display: none; } }
            """;

    private Page() {
    }

    /** A page with its heading. */
    public static String whole(String title, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <h1>%s</h1>
                %s</body>
                </html>
                """.formatted(escaped(title), STYLE, escaped(title), body);
    }

    public static String figures(List<Picture> charts) throws IOException {
        StringBuilder figures = new StringBuilder("<div class=\"charts\">\n");
        for (Picture chart : charts) {
            figures.append("<figure>").append(chart.svg()).append("</figure>\n");
        }
        return figures.append("</div>").toString();
    }

    public static String paragraphs(String kind, List<String> sentences) {
        return sentences.stream().map(text -> "<p class=\"" + kind + "\">" + escaped(text) + "</p>")
                .collect(Collectors.joining("\n"));
    }

    /** A table of figures. */
    public static String table(List<String> heading, List<List<String>> rows) {
        return table(heading, rows, Set.of());
    }

    /** @param words columns that hold words and not figures, by their headings */
    public static String table(List<String> heading, List<List<String>> rows, Set<String> words) {
        return "<div class=\"wide\"><table>\n<thead>" + row("th", heading, heading, words) + "</thead>\n<tbody>\n"
                + rows.stream().map(cells -> row("td", cells, heading, words)).collect(Collectors.joining("\n"))
                + "\n</tbody></table></div>";
    }

    private static String row(String tag, List<String> cells, List<String> heading, Set<String> words) {
        StringBuilder row = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            row.append('<').append(tag).append(words.contains(heading.get(i)) ? " class=\"words\">" : ">")
                    .append(escaped(cells.get(i))).append("</").append(tag).append('>');
        }
        return row.append("</tr>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
