package ghostrow.hits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final String KERNEL = "ghostrow.kernel.";
    private final Program program = new Program(List.of(Path.of("target/classes")), "ghostrow.",
            List.of("ghostrow.formula.Generated"), Set.of());

    private Map<String, Set<String>> wanted(String words) {
        return Wanted.of("--lines", words, program).methods();
    }

    @Test
    void methodsGoByTheEndOfTheirNames() {
        Map<String, Set<String>> escape = Map.of(KERNEL + "PlainEscape", Set.of("escape"));
        assertEquals(escape, wanted("PlainEscape.escape"));
        assertEquals(escape, wanted("kernel.PlainEscape.escape"));
        assertEquals(escape, wanted("ghostrow.kernel.PlainEscape.escape"));
        assertEquals(Map.of(KERNEL + "RowStep$Jacobi", Set.of("row")), wanted("RowStep.Jacobi.row"));
        assertEquals(wanted("RowStep.Jacobi.row"), wanted("RowStep$Jacobi.row"));
        assertEquals(Map.of(KERNEL + "RowStep$Jacobi", Set.of("four"), KERNEL + "RowStep$Diffusion", Set.of("four")),
                wanted("RowStep.four"));
        assertEquals(Map.of(KERNEL + "BlockedStencil", Set.of("new")), wanted("BlockedStencil.new"));
    }

    @Test
    void classesBringThoseNestedInThem() {
        assertEquals(Set.of(KERNEL + "RowStep", KERNEL + "RowStep$Jacobi", KERNEL + "RowStep$Diffusion"),
                wanted("RowStep").keySet());
        assertEquals(Map.of(KERNEL + "PlainEscape", Set.of(), KERNEL + "PlainStencil", Set.of("advance")),
                wanted("PlainEscape.escape, PlainEscape,PlainStencil.advance"));
        assertEquals(Map.of("ghostrow.formula.Generated", Set.of("vectors0")), wanted("Generated.vectors0"));
    }

    @Test
    void wrongNamesGetOneClearLine() {
        refused("PlainEscap.escape", "--lines PlainEscap.escape: no class 'PlainEscap'; did you mean PlainEscape?; "
                + "it takes Class.method, or Class");
        refused("PlainEscape.escap", "--lines PlainEscape.escap: ghostrow.kernel.PlainEscape has no method 'escap' "
                + "with code; did you mean escape?; there are counts, escape, new, outside");
        refused("Memory", "--lines Memory: which of ghostrow.formula.Memory, ghostrow.kernel.Memory?");
        refused("Rehearsal", "--lines Rehearsal: which of ghostrow.Rehearsal, ghostrow.kernel.Rehearsal?");
        refused("", "--lines : no class ''");
        refused("PlainEscape.escape,", "no class ''");
        refused("nothing-like-it", "no class 'nothing-like-it'; it takes");
    }

    private void refused(String words, String why) {
        String said = assertThrows(InputException.class, () -> wanted(words)).getMessage();
        assertTrue(said.contains(why), said);
        assertEquals(1, said.lines().count());
    }

    @Test
    void theGroundKnowsNobodyElse() throws Exception {
        Program ghostrow = Program.ghostrow(Class.forName("ghostrow.Ghostrow"));
        Set<String> known = new TreeSet<>();
        try (ProgramFiles files = new ProgramFiles(ghostrow)) {
            for (String name : files.classes()) {
                if (ghostrow.inGround(name)) {
                    for (PoolEntry entry : ClassFile.of().parse(files.classFile(name).orElseThrow()).constantPool()) {
                        if (entry instanceof ClassEntry type) {
                            String other = type.asInternalName().replace('/', '.');
                            if (ghostrow.holds(other) && !ghostrow.inGround(other)) {
                                known.add(name + " knows " + other);
                            }
                        }
                    }
                }
            }
        }
        assertEquals(Set.of(), known);
    }
}
