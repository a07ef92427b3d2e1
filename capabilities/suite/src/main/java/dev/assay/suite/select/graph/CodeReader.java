package dev.assay.suite.select.graph;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the code of one method to a digest, and collects what it refers to. */
final class CodeReader {

  /** Calls that make nothing of a class but its name or its place. */
  private static final Set<String> HARMLESS =
      Set.of(
          "desiredAssertionStatus",
          "getName",
          "getSimpleName",
          "getCanonicalName",
          "getTypeName",
          "getPackage",
          "getPackageName",
          "getClassLoader",
          "getResource",
          "getResourceAsStream",
          "isInstance",
          "hashCode",
          "equals",
          "toString",
          "getLogger",
          "getLog",
          "cast");

  private final CodeAttribute code;
  private final Digester digester;
  private final Set<Reference> references;

  CodeReader(CodeAttribute code, Digester digester, Set<Reference> references) {
    this.code = code;
    this.digester = digester;
    this.references = references;
  }

  void read() {
    String literal = null;
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction) {
        if (literal != null) {
          references.add(
              harmless(instruction) ? new Reference.Type(literal) : new Reference.Literal(literal));
        }
        literal = literal(instruction);
        // the wide form only says that the constant pool is long
        Opcode opcode = instruction.opcode();
        digester.add((opcode == Opcode.LDC_W ? Opcode.LDC : opcode).bytecode());
      }
      operands(element);
    }
  }

  /** The class that an instruction takes as an object, or null. */
  private static @Nullable String literal(Instruction instruction) {
    return instruction instanceof ConstantInstruction.LoadConstantInstruction load
            && load.constantEntry() instanceof ClassEntry entry
        ? ClassFactsReader.className(entry.asSymbol())
        : null;
  }

  private static boolean harmless(Instruction next) {
    return next instanceof InvokeInstruction call && HARMLESS.contains(call.name().stringValue());
  }

  private void operands(CodeElement element) {
    switch (element) {
      case InvokeInstruction call ->
          member(call.owner(), call.name().stringValue(), call.type().stringValue(), true);
      case FieldInstruction field ->
          member(field.owner(), field.name().stringValue(), field.type().stringValue(), false);
      case InvokeDynamicInstruction call -> {
        digester.add(call.name().stringValue()).add(call.type().stringValue());
        handle(call.invokedynamic().bootstrap().bootstrapMethod());
        constants(call.invokedynamic().bootstrap().arguments());
      }
      case ConstantInstruction.LoadConstantInstruction load
          when load.constantEntry() instanceof ClassEntry taken ->
          // what it is taken for decides what may be reached through it
          digester.add(taken.asInternalName());
      case ConstantInstruction.LoadConstantInstruction load -> constant(load.constantEntry());
      case ConstantInstruction.ArgumentConstantInstruction argument ->
          digester.add(argument.constantValue());
      case NewObjectInstruction made -> type(made.className());
      case NewReferenceArrayInstruction made -> type(made.componentType());
      case NewMultiArrayInstruction made -> {
        type(made.arrayType());
        digester.add(made.dimensions());
      }
      case NewPrimitiveArrayInstruction made -> digester.add(made.typeKind().ordinal());
      case TypeCheckInstruction check -> type(check.type());
      case LoadInstruction load -> digester.add(load.slot());
      case StoreInstruction store -> digester.add(store.slot());
      case IncrementInstruction increment ->
          digester.add(increment.slot()).add(increment.constant());
      case BranchInstruction branch -> label(branch.target());
      case TableSwitchInstruction table -> {
        label(table.defaultTarget());
        cases(table.cases());
      }
      case LookupSwitchInstruction lookup -> {
        label(lookup.defaultTarget());
        cases(lookup.cases());
      }
      case ExceptionCatch handler -> {
        label(handler.tryStart());
        label(handler.tryEnd());
        label(handler.handler());
        handler.catchType().ifPresent(this::type);
      }
      default -> {
        // the opcode says all, or it is no instruction
      }
    }
  }

  private void label(Label label) {
    digester.add(code.labelToBci(label));
  }

  private void cases(List<SwitchCase> cases) {
    for (SwitchCase each : cases) {
      digester.add(each.caseValue());
      label(each.target());
    }
  }

  private void type(ClassEntry entry) {
    digester.add(entry.asInternalName());
    String name = ClassFactsReader.className(entry.asSymbol());
    if (name != null) {
      references.add(new Reference.Type(name));
    }
  }

  private void member(ClassEntry owner, String name, String descriptor, boolean method) {
    digester.add(owner.asInternalName()).add(name).add(descriptor);
    String type = ClassFactsReader.className(owner.asSymbol());
    if (type != null) {
      references.add(
          method && !owner.asSymbol().isArray()
              ? new Reference.Method(type, name + descriptor)
              : new Reference.Type(type));
    }
  }

  private void handle(MethodHandleEntry handle) {
    MemberRefEntry member = handle.reference();
    digester.add(handle.kind());
    boolean method = handle.kind() >= DirectMethodHandleDesc.Kind.VIRTUAL.refKind;
    member(member.owner(), member.name().stringValue(), member.type().stringValue(), method);
  }

  private void constants(List<LoadableConstantEntry> entries) {
    entries.forEach(this::constant);
  }

  private void constant(LoadableConstantEntry entry) {
    digester.add(entry.tag());
    switch (entry) {
      case ClassEntry literal -> {
        digester.add(literal.asInternalName());
        String name = ClassFactsReader.className(literal.asSymbol());
        if (name != null) {
          references.add(new Reference.Literal(name));
        }
      }
      case StringEntry string -> {
        digester.add(string.stringValue());
        references.add(new Reference.Text(string.stringValue()));
      }
      case MethodHandleEntry handle -> handle(handle);
      case ConstantDynamicEntry dynamic -> {
        digester.add(dynamic.name().stringValue()).add(dynamic.type().stringValue());
        handle(dynamic.bootstrap().bootstrapMethod());
        constants(dynamic.bootstrap().arguments());
      }
      default -> digester.add(entry.constantValue().toString());
    }
  }
}
