package dev.assay.chaos.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the calls that read the wall clock, that wait until a time of it, and that look names
 * up. Everything else of a class stays as it is. Thread-safe.
 */
final class Rewriting implements ClassFileTransformer {

  private static final ClassDesc FAULTY = ClassDesc.of(Faulty.class.getName());
  private static final MethodTypeDesc LONG_TO_LONG =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long);
  private static final MethodTypeDesc LOOK_UP =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
  private static final String MILLIS = "currentTimeMillis";
  private static final String NANOS = "getNanoTimeAdjustment";
  private static final String UNTIL = "parkUntil";
  private static final String ADDRESS = "java/net/InetAddress";
  private static final Set<String> CALLED = Set.of(MILLIS, NANOS);
  private static final Set<String> ALWAYS =
      Set.of(ADDRESS, "java/util/concurrent/locks/LockSupport");

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null || name.startsWith("dev/assay/chaos/agent/") || name.startsWith("jdk/jfr/")) {
      return null;
    }
    try {
      ClassFile classFile = ClassFile.of(hierarchy(loader));
      ClassModel model = classFile.parse(bytes);
      return concerned(name, model) ? classFile.transformClass(model, ofClass(name)) : null;
    } catch (RuntimeException | LinkageError strange) {
      return null; // a class that cannot be rewritten stays as it is
    }
  }

  private static ClassFile.ClassHierarchyResolverOption hierarchy(@Nullable ClassLoader loader) {
    ClassHierarchyResolver byDefault = ClassHierarchyResolver.defaultResolver();
    return ClassFile.ClassHierarchyResolverOption.of(
        loader == null
            ? byDefault
            : ClassHierarchyResolver.ofResourceParsing(loader).orElse(byDefault));
  }

  /** Whether a class may hold such a call: its constants name it. */
  static boolean concerned(String name, ClassModel model) {
    if (ALWAYS.contains(name)) {
      return true;
    }
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text && CALLED.contains(text.stringValue())) {
        return true;
      }
    }
    return false;
  }

  private static ClassTransform ofClass(String name) {
    return (builder, element) -> {
      if (element instanceof MethodModel method) {
        builder.transformMethod(method, MethodTransform.transformingCode(ofCode(name, method)));
      } else {
        builder.with(element);
      }
    };
  }

  private static CodeTransform ofCode(String name, MethodModel method) {
    boolean looksUp =
        name.equals(ADDRESS)
            && method.methodName().equalsString("getAllByName")
            && method.methodTypeSymbol().parameterList().equals(LOOK_UP.parameterList());
    boolean waits = method.methodName().equalsString(UNTIL);
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder builder) {
        if (looksUp) {
          builder.aload(0).invokestatic(FAULTY, "lookUp", LOOK_UP);
        }
      }

      @Override
      public void accept(CodeBuilder builder, CodeElement element) {
        if (waits
            && element instanceof InvokeInstruction call
            && call.name().equalsString("park")) {
          builder.invokestatic(FAULTY, "unshifted", LONG_TO_LONG);
        }
        builder.with(
            element instanceof InvokeDynamicInstruction dynamic
                ? referring(builder, dynamic)
                : element);
        if (element instanceof InvokeInstruction call) {
          shift(builder, call);
        }
      }
    };
  }

  private static void shift(CodeBuilder builder, InvokeInstruction call) {
    boolean ofSystem = call.owner().name().equalsString("java/lang/System");
    boolean ofMachine = call.owner().name().equalsString("jdk/internal/misc/VM");
    if (ofSystem && call.name().equalsString(MILLIS)) {
      builder.invokestatic(FAULTY, "shifted", LONG_TO_LONG);
    } else if (ofMachine && call.name().equalsString(NANOS)) {
      builder.invokestatic(FAULTY, "shiftedNanos", LONG_TO_LONG);
    }
  }

  /** {@code System::currentTimeMillis} is no call but a constant of the place that makes it. */
  private static CodeElement referring(CodeBuilder builder, InvokeDynamicInstruction dynamic) {
    ConstantDesc[] arguments = dynamic.bootstrapArgs().toArray(ConstantDesc[]::new);
    boolean changed = false;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof DirectMethodHandleDesc handle
          && handle.methodName().equals(MILLIS)
          && handle.owner().descriptorString().equals("Ljava/lang/System;")) {
        arguments[i] =
            MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                FAULTY,
                "wallClock",
                MethodTypeDesc.of(ConstantDescs.CD_long));
        changed = true;
      }
    }
    return changed
        ? InvokeDynamicInstruction.of(
            builder
                .constantPool()
                .invokeDynamicEntry(
                    DynamicCallSiteDesc.of(
                        dynamic.bootstrapMethod(),
                        dynamic.name().stringValue(),
                        dynamic.typeSymbol(),
                        arguments)))
        : dynamic;
  }
}
