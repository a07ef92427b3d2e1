package dev.assay.load.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.ExtensionRangeOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SymbolVisibility;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code .proto} file as protoc does, by the specifications of proto2, proto3 and the
 * editions 2023 and 2024. Names of types stay as they are written; {@link ProtoLinker} finds what
 * they mean. Custom options are passed over.
 */
final class ProtoParser {

  private static final int DEEPEST = 32;
  private static final int MOST_PROBLEMS = 20;
  private static final int MAX_FIELD = 536_870_911;

  private static final Map<String, FieldDescriptorProto.Type> SCALARS =
      Map.ofEntries(
          Map.entry("double", FieldDescriptorProto.Type.TYPE_DOUBLE),
          Map.entry("float", FieldDescriptorProto.Type.TYPE_FLOAT),
          Map.entry("int64", FieldDescriptorProto.Type.TYPE_INT64),
          Map.entry("uint64", FieldDescriptorProto.Type.TYPE_UINT64),
          Map.entry("int32", FieldDescriptorProto.Type.TYPE_INT32),
          Map.entry("fixed64", FieldDescriptorProto.Type.TYPE_FIXED64),
          Map.entry("fixed32", FieldDescriptorProto.Type.TYPE_FIXED32),
          Map.entry("bool", FieldDescriptorProto.Type.TYPE_BOOL),
          Map.entry("string", FieldDescriptorProto.Type.TYPE_STRING),
          Map.entry("bytes", FieldDescriptorProto.Type.TYPE_BYTES),
          Map.entry("uint32", FieldDescriptorProto.Type.TYPE_UINT32),
          Map.entry("sfixed32", FieldDescriptorProto.Type.TYPE_SFIXED32),
          Map.entry("sfixed64", FieldDescriptorProto.Type.TYPE_SFIXED64),
          Map.entry("sint32", FieldDescriptorProto.Type.TYPE_SINT32),
          Map.entry("sint64", FieldDescriptorProto.Type.TYPE_SINT64));

  private final ProtoTokens tokens;
  private final ProtoOptions options;
  private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
  private final ProtoPlaces places = new ProtoPlaces();
  private final List<Problem> problems = new ArrayList<>();
  private String syntax = "proto2";

  private ProtoParser(String name, String shown, String text) {
    this.tokens = new ProtoTokens(ProtoLexer.tokens(shown, text), text);
    this.options = new ProtoOptions(tokens);
    file.setName(name);
  }

  /**
   * What a file says, with the places of its definitions.
   *
   * @param file its names of types as they are written
   * @param places where its definitions stand
   */
  record Parsed(FileDescriptorProto.Builder file, ProtoPlaces places) {}

  /**
   * Reads a file.
   *
   * @param name the name it is imported by
   * @param shown the name that people know it by
   * @throws ProblemException with everything that cannot be read
   */
  static Parsed parse(String name, String shown, String text) {
    return new ProtoParser(name, shown, text).file();
  }

  private Parsed file() {
    places.put("", tokens.peek().place());
    statement(this::syntax);
    while (!tokens.atEnd()) {
      statement(this::topLevel);
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new Parsed(file, places);
  }

  /** Carries out one statement; where it fails, the problem is kept and the statement skipped. */
  private void statement(Runnable one) {
    int before = tokens.position();
    try {
      one.run();
    } catch (ProblemException broken) {
      // The end of the file ends every block around it; once is enough to say.
      broken.problems().stream()
          .filter(found -> problems.isEmpty() || !found.where().equals(problems.getLast().where()))
          .forEach(problems::add);
      tokens.skipStatement(before);
      if (problems.size() >= MOST_PROBLEMS) {
        tokens.skipToEnd();
      }
    }
  }

  private void syntax() {
    if (tokens.accept("syntax")) {
      tokens.expect("=");
      Place place = tokens.peek().place();
      syntax = tokens.string("the syntax");
      if (!syntax.equals("proto2") && !syntax.equals("proto3")) {
        throw GrpcProblems.SYNTAX.failure(
            place,
            "there is no syntax '" + syntax + "'",
            "write syntax = \"proto3\"; or syntax = \"proto2\";");
      }
      if (syntax.equals("proto3")) {
        file.setSyntax(syntax);
      }
      tokens.expect(";");
    } else if (tokens.accept("edition")) {
      tokens.expect("=");
      edition();
      tokens.expect(";");
    }
  }

  private void edition() {
    Place place = tokens.peek().place();
    String written = tokens.string("the edition");
    syntax = "editions";
    file.setSyntax(syntax);
    switch (written) {
      case "2023" -> file.setEdition(Edition.EDITION_2023);
      case "2024" -> file.setEdition(Edition.EDITION_2024);
      default ->
          throw GrpcProblems.SYNTAX.failure(
              place, "the edition '" + written + "' is not known", "use the edition 2023 or 2024");
    }
  }

  private void topLevel() {
    ProtoToken word = tokens.peek();
    switch (word.kind() == ProtoToken.Kind.STRING ? "" : word.text()) {
      case ";" -> tokens.next();
      case "import" -> importFile();
      case "package" -> packageName();
      case "option" -> options.statement(file.getOptionsBuilder());
      case "message" -> message(file.addMessageTypeBuilder(), file.getPackage(), 0, null);
      case "enum" -> enumeration(file.addEnumTypeBuilder(), file.getPackage(), null);
      case "extend" ->
          extend(
              new Home(file::addExtensionBuilder, file::addMessageTypeBuilder),
              file.getPackage(),
              0);
      case "service" -> service(file.addServiceBuilder());
      case "export", "local" -> visible();
      default ->
          throw tokens.unexpected(
              "message, enum, service, extend, import, package or option",
              List.of("message", "enum", "service", "extend", "import", "package", "option"));
    }
  }

  private void visible() {
    SymbolVisibility visibility = visibility();
    if (tokens.at("message")) {
      message(file.addMessageTypeBuilder(), file.getPackage(), 0, visibility);
    } else {
      enumeration(file.addEnumTypeBuilder(), file.getPackage(), visibility);
    }
  }

  private SymbolVisibility visibility() {
    return tokens.next().is("export")
        ? SymbolVisibility.VISIBILITY_EXPORT
        : SymbolVisibility.VISIBILITY_LOCAL;
  }

  private void importFile() {
    tokens.next();
    boolean open = tokens.accept("public");
    boolean weak = !open && tokens.accept("weak");
    boolean optional = !open && !weak && tokens.accept("option");
    Place place = tokens.peek().place();
    String name = tokens.string("the file to import");
    tokens.expect(";");
    if (optional) {
      return; // only custom options may use it, and those are passed over
    }
    if (file.getDependencyList().contains(name)) {
      throw GrpcProblems.SYNTAX.failure(
          place, "'" + name + "' is imported twice", "remove one of the two");
    }
    if (open) {
      file.addPublicDependency(file.getDependencyCount());
    } else if (weak) {
      file.addWeakDependency(file.getDependencyCount());
    }
    places.put(ProtoPlaces.dependency(name), place);
    file.addDependency(name);
  }

  private void packageName() {
    Place place = tokens.next().place();
    if (file.hasPackage()) {
      throw GrpcProblems.SYNTAX.failure(place, "a second package", "a file has one; remove it");
    }
    file.setPackage(tokens.path());
    tokens.expect(";");
  }

  /** Where fields go, and the messages that groups and maps define beside them. */
  private record Home(
      Supplier<FieldDescriptorProto.Builder> field, Supplier<DescriptorProto.Builder> nested) {}

  private Home fields(DescriptorProto.Builder message) {
    return new Home(message::addFieldBuilder, message::addNestedTypeBuilder);
  }

  private void message(
      DescriptorProto.Builder message,
      String scope,
      int depth,
      @Nullable SymbolVisibility visibility) {
    tokens.expect("message");
    ProtoToken name = tokens.name("the message's name");
    message.setName(name.text());
    if (visibility != null) {
      message.setVisibility(visibility);
    }
    String full = ProtoPlaces.join(scope, name.text());
    places.put(full, name.place());
    messageBody(message, full, depth);
  }

  private void messageBody(DescriptorProto.Builder message, String full, int depth) {
    if (depth >= DEEPEST) {
      throw GrpcProblems.SYNTAX.failure(
          tokens.peek().place(),
          "messages are nested deeper than " + DEEPEST,
          "take one of them out");
    }
    tokens.expect("{");
    while (!tokens.accept("}")) {
      tokens.notAtEnd("}");
      statement(() -> member(message, full, depth));
    }
    syntheticOneofs(message);
  }

  private void member(DescriptorProto.Builder message, String full, int depth) {
    switch (tokens.peek().text()) {
      case ";" -> tokens.next();
      case "message" -> message(message.addNestedTypeBuilder(), full, depth + 1, null);
      case "enum" -> enumeration(message.addEnumTypeBuilder(), full, null);
      case "extend" ->
          extend(
              new Home(message::addExtensionBuilder, message::addNestedTypeBuilder), full, depth);
      case "extensions" -> extensions(message);
      case "reserved" -> reserved(message);
      case "option" -> options.statement(message.getOptionsBuilder());
      case "oneof" -> oneof(message, full, depth);
      default -> {
        if (nestedDefinition()) {
          SymbolVisibility visibility = visibility();
          if (tokens.at("message")) {
            message(message.addNestedTypeBuilder(), full, depth + 1, visibility);
          } else {
            enumeration(message.addEnumTypeBuilder(), full, visibility);
          }
        } else {
          field(fields(message), full, depth, null, -1);
        }
      }
    }
  }

  private boolean nestedDefinition() {
    return file.getEdition() == Edition.EDITION_2024
        && (tokens.at("export") || tokens.at("local"))
        && (tokens.ahead(1).is("message") || tokens.ahead(1).is("enum"))
        && tokens.ahead(2).kind() == ProtoToken.Kind.NAME
        && tokens.ahead(3).is("{");
  }

  /**
   * One field.
   *
   * @param extendee what it extends, or null where it is a member
   * @param oneof the number of the oneof that it is in, -1 for none
   */
  private void field(Home home, String scope, int depth, @Nullable Extendee extendee, int oneof) {
    FieldDescriptorProto.Builder field = home.field().get();
    field.setLabel(Label.LABEL_OPTIONAL);
    Place start = tokens.peek().place();
    boolean labelled = oneof < 0 && label(field);
    boolean map = tokens.at("map") && tokens.ahead(1).is("<");
    if (!labelled && syntax.equals("proto2") && oneof < 0 && !map) {
      throw GrpcProblems.SYNTAX.failure(
          start,
          "this field has neither 'optional' nor 'required' nor 'repeated'",
          "write one of them before its type, or begin the file with syntax = \"proto3\";");
    }
    if (oneof >= 0) {
      field.setOneofIndex(oneof);
    }
    if (map && !labelled && extendee == null) {
      map(home, field, scope);
    } else if (tokens.at("group") && tokens.ahead(2).is("=")) {
      group(home, field, scope, depth, extendee);
      return;
    } else {
      type(field);
      nameAndNumber(field, scope, extendee);
    }
    fieldOptions(field);
    tokens.expect(";");
  }

  private boolean label(FieldDescriptorProto.Builder field) {
    Place place = tokens.peek().place();
    if (tokens.accept("repeated")) {
      field.setLabel(Label.LABEL_REPEATED);
      return true;
    }
    boolean required = tokens.at("required");
    if (!required && !tokens.at("optional")) {
      return false;
    }
    if (syntax.equals("editions") || required && syntax.equals("proto3")) {
      throw GrpcProblems.SYNTAX.failure(
          place,
          tokens.peek().said() + " is no label in " + syntax,
          syntax.equals("editions")
              ? "remove it, and set the option features.field_presence"
              : "remove it");
    }
    tokens.next();
    if (required) {
      field.setLabel(Label.LABEL_REQUIRED);
    } else if (syntax.equals("proto3")) {
      field.setProto3Optional(true);
    }
    return true;
  }

  private void type(FieldDescriptorProto.Builder field) {
    FieldDescriptorProto.Type scalar =
        tokens.peek().kind() == ProtoToken.Kind.NAME ? scalar() : null;
    if (scalar != null) {
      field.setType(scalar);
    } else {
      field.setTypeName(tokens.typeName());
    }
  }

  private FieldDescriptorProto.@Nullable Type scalar() {
    FieldDescriptorProto.Type scalar = SCALARS.get(tokens.peek().text());
    if (scalar != null && !tokens.ahead(1).is(".")) {
      tokens.next();
      return scalar;
    }
    return null;
  }

  private void nameAndNumber(
      FieldDescriptorProto.Builder field, String scope, @Nullable Extendee extendee) {
    ProtoToken name = tokens.name("the field's name");
    field.setName(name.text());
    String full = ProtoPlaces.join(scope, name.text());
    places.put(full, name.place());
    places.put(ProtoPlaces.type(full), name.place());
    if (extendee != null) {
      field.setExtendee(extendee.name());
      places.put(ProtoPlaces.extendee(full), extendee.place());
    }
    tokens.expect("=");
    number(field);
  }

  private void number(FieldDescriptorProto.Builder field) {
    Place place = tokens.peek().place();
    int number = tokens.whole("the number of the field '" + field.getName() + "'", 1, MAX_FIELD);
    if (number >= 19_000 && number <= 19_999) {
      throw GrpcProblems.DEFINITION.failure(
          place,
          "the numbers 19000 to 19999 are reserved for the language, and this is " + number,
          "use another number");
    }
    field.setNumber(number);
  }

  private void fieldOptions(FieldDescriptorProto.Builder field) {
    if (!tokens.accept("[")) {
      return;
    }
    do {
      if (tokens.at("default") && tokens.ahead(1).is("=")) {
        tokens.next();
        tokens.next();
        field.setDefaultValue(options.defaultValue(field));
      } else if (tokens.at("json_name") && tokens.ahead(1).is("=")) {
        tokens.next();
        tokens.next();
        field.setJsonName(tokens.string("the name in JSON"));
      } else {
        options.one(field.getOptionsBuilder());
      }
    } while (tokens.accept(","));
    tokens.expect("]");
  }

  private void map(Home home, FieldDescriptorProto.Builder field, String scope) {
    field.setLabel(Label.LABEL_REPEATED);
    tokens.expect("map");
    tokens.expect("<");
    DescriptorProto.Builder entry = home.nested().get();
    FieldDescriptorProto.Builder key = entry.addFieldBuilder();
    key.setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL);
    type(key);
    tokens.expect(",");
    FieldDescriptorProto.Builder value = entry.addFieldBuilder();
    value.setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL);
    Place valueType = tokens.peek().place();
    type(value);
    tokens.expect(">");
    nameAndNumber(field, scope, null);
    entry.setName(entryName(field.getName()));
    entry.getOptionsBuilder().setMapEntry(true);
    field
        .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
        .setTypeName("." + ProtoPlaces.join(scope, entry.getName()));
    String full = ProtoPlaces.join(scope, entry.getName());
    places.put(full, places.of(ProtoPlaces.join(scope, field.getName())));
    places.put(ProtoPlaces.type(full + ".value"), valueType);
  }

  /** The name that protoc gives the entries of a map: {@code unit_prices} has UnitPricesEntry. */
  private static String entryName(String field) {
    StringBuilder name = new StringBuilder();
    boolean upper = true;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.append("Entry").toString();
  }

  private void group(
      Home home,
      FieldDescriptorProto.Builder field,
      String scope,
      int depth,
      @Nullable Extendee extendee) {
    tokens.expect("group");
    ProtoToken name = tokens.name("the group's name");
    String full = ProtoPlaces.join(scope, name.text());
    field.setName(name.text().toLowerCase(Locale.ROOT));
    field.setType(FieldDescriptorProto.Type.TYPE_GROUP).setTypeName("." + full);
    String member = ProtoPlaces.join(scope, field.getName());
    places.put(member, name.place());
    places.put(full, name.place());
    if (extendee != null) {
      field.setExtendee(extendee.name());
      places.put(ProtoPlaces.extendee(member), extendee.place());
    }
    tokens.expect("=");
    number(field);
    fieldOptions(field);
    DescriptorProto.Builder message = home.nested().get();
    message.setName(name.text());
    messageBody(message, full, depth + 1);
  }

  private void oneof(DescriptorProto.Builder message, String full, int depth) {
    tokens.expect("oneof");
    ProtoToken name = tokens.name("the oneof's name");
    places.put(ProtoPlaces.join(full, name.text()), name.place());
    int number = message.getOneofDeclCount();
    message.addOneofDeclBuilder().setName(name.text());
    tokens.expect("{");
    while (!tokens.accept("}")) {
      tokens.notAtEnd("}");
      statement(() -> {
        if (!tokens.accept(";")) {
          if (tokens.at("option")) {
            options.statement(message.getOneofDeclBuilder(number).getOptionsBuilder());
          } else {
            field(fields(message), full, depth, null, number);
          }
        }
      });
    }
  }

  /** Each optional field of proto3 is alone in a oneof, behind all others, as protoc has it. */
  private static void syntheticOneofs(DescriptorProto.Builder message) {
    Set<String> names = new HashSet<>();
    message.getFieldBuilderList().forEach(field -> names.add(field.getName()));
    message.getOneofDeclBuilderList().forEach(oneof -> names.add(oneof.getName()));
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      if (field.getProto3Optional()) {
        String name = field.getName().startsWith("_") ? field.getName() : "_" + field.getName();
        while (!names.add(name)) {
          name = "X" + name;
        }
        field.setOneofIndex(message.getOneofDeclCount());
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(name));
      }
    }
  }

  private void extensions(DescriptorProto.Builder message) {
    tokens.expect("extensions");
    int first = message.getExtensionRangeCount();
    do {
      int start = tokens.whole("the first number of the range", 1, MAX_FIELD);
      message.addExtensionRangeBuilder().setStart(start).setEnd(end(start, MAX_FIELD) + 1);
    } while (tokens.accept(","));
    if (tokens.accept("[")) {
      ExtensionRangeOptions.Builder shared = ExtensionRangeOptions.newBuilder();
      do {
        options.one(shared);
      } while (tokens.accept(","));
      tokens.expect("]");
      for (int i = first; i < message.getExtensionRangeCount(); i++) {
        message.getExtensionRangeBuilder(i).setOptions(shared);
      }
    }
    tokens.expect(";");
  }

  private int end(int start, int max) {
    if (!tokens.accept("to")) {
      return start;
    }
    return tokens.accept("max") ? max : tokens.whole("the last number of the range", start, max);
  }

  private void reserved(DescriptorProto.Builder message) {
    tokens.expect("reserved");
    do {
      if (named()) {
        message.addReservedName(reservedName());
      } else {
        int start = tokens.whole("the first number of the range", 1, MAX_FIELD);
        message.addReservedRangeBuilder().setStart(start).setEnd(end(start, MAX_FIELD) + 1);
      }
    } while (tokens.accept(","));
    tokens.expect(";");
  }

  private boolean named() {
    return tokens.peek().kind() == ProtoToken.Kind.STRING
        || tokens.peek().kind() == ProtoToken.Kind.NAME;
  }

  private String reservedName() {
    return tokens.peek().kind() == ProtoToken.Kind.STRING
        ? tokens.string("a name")
        : tokens.next().text();
  }

  /** What an extend block extends, as written. */
  private record Extendee(String name, Place place) {}

  private void extend(Home home, String scope, int depth) {
    tokens.expect("extend");
    Place place = tokens.peek().place();
    Extendee extendee = new Extendee(tokens.typeName(), place);
    tokens.expect("{");
    while (!tokens.accept("}")) {
      tokens.notAtEnd("}");
      statement(() -> {
        if (!tokens.accept(";")) {
          field(home, scope, depth, extendee, -1);
        }
      });
    }
  }

  private void enumeration(
      EnumDescriptorProto.Builder type, String scope, @Nullable SymbolVisibility visibility) {
    tokens.expect("enum");
    ProtoToken name = tokens.name("the enum's name");
    type.setName(name.text());
    if (visibility != null) {
      type.setVisibility(visibility);
    }
    places.put(ProtoPlaces.join(scope, name.text()), name.place());
    tokens.expect("{");
    while (!tokens.accept("}")) {
      tokens.notAtEnd("}");
      statement(() -> enumMember(type, scope));
    }
    if (type.getValueCount() == 0) {
      throw GrpcProblems.DEFINITION.failure(
          name.place(), "the enum '" + name.text() + "' has no value", "give it one");
    }
  }

  private void enumMember(EnumDescriptorProto.Builder type, String scope) {
    if (tokens.accept(";")) {
      return;
    }
    boolean value = tokens.ahead(1).is("=");
    if (!value && tokens.at("option")) {
      options.statement(type.getOptionsBuilder());
    } else if (!value && tokens.at("reserved")) {
      enumReserved(type);
    } else {
      enumValue(type.addValueBuilder(), scope);
    }
  }

  private void enumValue(EnumValueDescriptorProto.Builder value, String scope) {
    ProtoToken name = tokens.name("the value's name");
    value.setName(name.text());
    places.put(ProtoPlaces.join(scope, name.text()), name.place());
    tokens.expect("=");
    value.setNumber(
        tokens.whole("the number of '" + name.text() + "'", Integer.MIN_VALUE, Integer.MAX_VALUE));
    if (tokens.accept("[")) {
      do {
        options.one(value.getOptionsBuilder());
      } while (tokens.accept(","));
      tokens.expect("]");
    }
    tokens.expect(";");
  }

  private void enumReserved(EnumDescriptorProto.Builder type) {
    tokens.expect("reserved");
    do {
      if (named()) {
        type.addReservedName(reservedName());
      } else {
        int start =
            tokens.whole("the first number of the range", Integer.MIN_VALUE, Integer.MAX_VALUE);
        type.addReservedRangeBuilder().setStart(start).setEnd(end(start, Integer.MAX_VALUE));
      }
    } while (tokens.accept(","));
    tokens.expect(";");
  }

  private void service(ServiceDescriptorProto.Builder service) {
    tokens.expect("service");
    ProtoToken name = tokens.name("the service's name");
    service.setName(name.text());
    String full = ProtoPlaces.join(file.getPackage(), name.text());
    places.put(full, name.place());
    tokens.expect("{");
    while (!tokens.accept("}")) {
      tokens.notAtEnd("}");
      statement(() -> {
        if (!tokens.accept(";")) {
          if (tokens.at("option")) {
            options.statement(service.getOptionsBuilder());
          } else {
            method(service.addMethodBuilder(), full);
          }
        }
      });
    }
  }

  private void method(MethodDescriptorProto.Builder method, String service) {
    if (!tokens.at("rpc")) {
      throw tokens.unexpected("rpc or option", List.of("rpc", "option"));
    }
    tokens.next();
    ProtoToken name = tokens.name("the method's name");
    method.setName(name.text());
    String full = ProtoPlaces.join(service, name.text());
    places.put(full, name.place());
    tokens.expect("(");
    if (streams()) {
      method.setClientStreaming(true);
    }
    places.put(ProtoPlaces.input(full), tokens.peek().place());
    method.setInputType(tokens.typeName());
    tokens.expect(")");
    tokens.expect("returns");
    tokens.expect("(");
    if (streams()) {
      method.setServerStreaming(true);
    }
    places.put(ProtoPlaces.output(full), tokens.peek().place());
    method.setOutputType(tokens.typeName());
    tokens.expect(")");
    if (!tokens.accept("{")) {
      tokens.expect(";");
      return;
    }
    while (!tokens.accept("}")) {
      tokens.notAtEnd("}");
      if (!tokens.accept(";")) {
        options.statement(method.getOptionsBuilder());
      }
    }
  }

  private boolean streams() {
    boolean streams = tokens.at("stream") && !tokens.ahead(1).is(")");
    if (streams) {
      tokens.next();
    }
    return streams;
  }
}
