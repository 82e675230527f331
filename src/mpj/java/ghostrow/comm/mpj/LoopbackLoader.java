package ghostrow.comm.mpj;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads MPJ Express with two changes of its device for processes, for which it has no settings. It listens on every
 * network card of the machine: here {@code new InetSocketAddress(port)} in its method {@code bindPort} becomes
 * {@code new InetSocketAddress("127.0.0.1", port)}. And it introduces itself to the launcher by words that anybody
 * could say: here it says the launcher's secret. A device in which these places are not found is not loaded.
 */
final class LoopbackLoader extends URLClassLoader {
    private static final String DEVICE = "xdev.niodev.NIODevice";
    private static final ClassDesc ADDRESS = ClassDesc.of("java.net.InetSocketAddress");
    private static final MethodTypeDesc PORT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc HOST_AND_PORT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_int);

    private static final String GREETING = "Sending Info";
    private static final Set<String> METHODS = Set.of("bindPort", "init");

    private final String secret;

    /** @param secret what a rank tells the launcher to be believed */
    LoopbackLoader(URL[] jars, ClassLoader parent, String secret) {
        super(jars, parent);
        this.secret = secret;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.equals(DEVICE)) {
            return super.findClass(name);
        }
        try (InputStream original = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = bound(original.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] bound(byte[] original) throws ClassNotFoundException {
        AtomicInteger addresses = new AtomicInteger();
        AtomicInteger greetings = new AtomicInteger();
        ClassTransform transform = ClassTransform.transformingMethodBodies(
                method -> METHODS.contains(method.methodName().stringValue()),
                (code, element) -> {
                    if (isAddress(element)) {
                        // the stack holds: address, address, port
                        code.loadConstant(RankProcesses.LOOPBACK).swap()
                                .invokespecial(ADDRESS, ConstantDescs.INIT_NAME, HOST_AND_PORT);
                        addresses.incrementAndGet();
                    } else if (isGreeting(element)) {
                        code.loadConstant(secret);
                        greetings.incrementAndGet();
                    } else {
                        code.with(element);
                    }
                });
        ClassFile classFile = ClassFile.of();
        byte[] changed = classFile.transformClass(classFile.parse(original), transform);
        if (addresses.get() != 1 || greetings.get() != 1) {
            throw new ClassNotFoundException("this " + DEVICE + " is not the one of MPJ Express 0.44: it cannot be "
                    + "kept to loopback and to this run; use transport mpj");
        }
        return changed;
    }

    private static boolean isAddress(CodeElement element) {
        return element instanceof InvokeInstruction call && call.owner().asSymbol().equals(ADDRESS)
                && call.typeSymbol().equals(PORT);
    }

    private static boolean isGreeting(CodeElement element) {
        return element instanceof ConstantInstruction constant && constant.constantValue().equals(GREETING);
    }
}
