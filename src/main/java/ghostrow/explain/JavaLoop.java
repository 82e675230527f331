package ghostrow.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A loop in Java, with the methods that are called in it. */
final class JavaLoop {
    /** As many lines of source as are shown together; of a method that alone has more, as many of it. */
    private static final int MOST_LINES = 56;
    private static final int MOST_INSTRUCTIONS = 48;

    private final Page page;
    private final Compilations compilations;
    private final List<Reach.Method> busiest;
    /** In the order in which one calls the other. */
    private final List<Excerpt> excerpts;

    JavaLoop(Page page, Reach reach, ClassLoader loader, Compilations compilations) {
        this.page = page;
        this.compilations = compilations;
        this.busiest = reach.busiest(compilations::busy);
        this.excerpts = excerpts(loader, busiest).stream()
                .sorted(Comparator.comparing(Excerpt::method, reach.inOrderOfCalls())).toList();
    }

    /** The deepest method in any case, alone if it is long, and others as long as there is room for them. */
    private static List<Excerpt> excerpts(ClassLoader loader, List<Reach.Method> methods) {
        List<Excerpt> excerpts = new ArrayList<>();
        int room = MOST_LINES;
        for (Reach.Method method : methods) {
            Excerpt excerpt = Excerpt.of(method, Source.of(loader, method.code().name().owner()), MOST_LINES);
            if (excerpt.size() <= room) {
                excerpts.add(excerpt);
                room -= excerpt.isLong() ? MOST_LINES : excerpt.size();
            }
        }
        return excerpts;
    }

    void source() {
        for (Cost cost : List.of(Cost.values()).reversed()) {
            page.costed(cost, "", cost.meaning());
        }
        excerpts.forEach(excerpt -> excerpt.print(page));
        leftOut();
    }

    /** Whoever wants to read on finds here where. */
    private void leftOut() {
        List<Reach.Method> shown = excerpts.stream().map(Excerpt::method).toList();
        Map<String, List<String>> names = busiest.stream().filter(method -> !shown.contains(method))
                .map(method -> method.code().name()).collect(Collectors.groupingBy(MethodName::type, TreeMap::new,
                        Collectors.mapping(MethodName::name, Collectors.toList())));
        if (!names.isEmpty()) {
            page.blank();
            page.text("Not shown, as less happens in them: " + names.entrySet().stream()
                    .map(each -> each.getKey() + "." + String.join(", ", each.getValue()))
                    .collect(Collectors.joining("; ")));
        }
    }

    /** The method with the innermost loop. */
    private Optional<Code> innermost() {
        return busiest.stream().map(Reach.Method::code).filter(code -> !code.loops().isEmpty()).findFirst();
    }

    void bytecode() {
        innermost().ifPresentOrElse(code -> {
            page.text(code.name().label());
            page.text("   line offset  instruction");
            new Listing(page, code).print(code.innermost().orElseThrow(), MOST_INSTRUCTIONS);
        }, () -> page.text("There is no loop."));
    }

    void compiled() {
        if (compilations.all().isEmpty()) {
            page.text(compilations.recorded() ? "Nothing was compiled: this JVM interprets only."
                    : "This JVM cannot tell: it has no flight recorder (module jdk.jfr).");
            return;
        }
        page.text("By which compiler, to how many bytes (with their tables), in which time; and how many calls it "
                + "replaced by what is called, there and in what was put there.");
        page.blank();
        Compiled compiled = new Compiled(page, compilations);
        excerpts.forEach(excerpt -> compiled.print(excerpt.method().code().name()));
        innermost().map(Code::name).flatMap(compilations::running).ifPresent(compilation -> {
            page.blank();
            page.text(MachineCode.arithmetic(compilation));
        });
    }
}
