package ghostrow.comm.mpj;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads MPJ Express with one change: its device for processes listens on every network card of the machine, and
 * has no setting for that. Here {@code new InetSocketAddress(port)} in its method {@code bindPort} becomes
 * {@code new InetSocketAddress("127.0.0.1", port)}; a device in which that place is not found is not loaded.
 */
final class LoopbackLoader extends URLClassLoader {
    private static final String DEVICE = "xdev.niodev.NIODevice";
    private static final ClassDesc ADDRESS = ClassDesc.of("java.net.InetSocketAddress");
    private static final MethodTypeDesc PORT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc HOST_AND_PORT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_int);

    LoopbackLoader(URL[] jars, ClassLoader parent) {
        super(jars, parent);
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

    private static byte[] bound(byte[] original) throws ClassNotFoundException {
        AtomicInteger places = new AtomicInteger();
        ClassTransform transform = ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("bindPort"),
                (code, element) -> bind(code, element, places));
        ClassFile classFile = ClassFile.of();
        byte[] changed = classFile.transformClass(classFile.parse(original), transform);
        if (places.get() != 1) {
            throw new ClassNotFoundException("this " + DEVICE + " is not the one of MPJ Express 0.44: it cannot be "
                    + "kept to loopback; use transport mpj");
        }
        return changed;
    }

    private static void bind(CodeBuilder code, CodeElement element, AtomicInteger places) {
        if (element instanceof InvokeInstruction call && call.owner().asSymbol().equals(ADDRESS)
                && call.typeSymbol().equals(PORT)) {
            // the stack holds: address, address, port
            code.loadConstant(RankProcesses.LOOPBACK).swap()
                    .invokespecial(ADDRESS, ConstantDescs.INIT_NAME, HOST_AND_PORT);
            places.incrementAndGet();
        } else {
            code.with(element);
        }
    }
}
