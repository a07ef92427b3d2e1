package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtoParserTest {

  @TempDir Path scratch;

  /** protoc compiled these files into the classes beside them: an oracle of 60 real files. */
  @Test
  void whatGoogleCompiledWithProtocIsReadAlike() throws Exception {
    Map<String, FileDescriptor> compiled =
        compiledIn(jarOf(com.google.api.HttpRule.class), scratch);
    assertThat(compiled).hasSizeGreaterThan(50);
    for (Map.Entry<String, FileDescriptor> one : compiled.entrySet()) {
      FileDescriptor read =
          new ProtoSources(scratch, List.of())
              .compile(List.of(Path.of(one.getKey())), ProtoFixture.HERE)
              .getFirst();
      assertThat(plain(read.toProto())).as(one.getKey()).isEqualTo(plain(one.getValue().toProto()));
    }
  }

  /** What protoc leaves out of classes: options with retention RETENTION_SOURCE. */
  @Test
  void theLanguageOfDescriptorsItselfIsReadAlike() throws Exception {
    Map<String, FileDescriptor> compiled = compiledIn(jarOf(AnyProto.class), scratch);
    assertThat(compiled).containsKey("google/protobuf/descriptor.proto");
    compiled.keySet().removeIf(name -> !Files.exists(scratch.resolve(name)));
    assertThat(compiled).hasSizeGreaterThan(10);
    for (Map.Entry<String, FileDescriptor> one : compiled.entrySet()) {
      ProtoParser.Parsed parsed =
          ProtoParser.parse(
              one.getKey(), one.getKey(), Files.readString(scratch.resolve(one.getKey())));
      List<ProtoLinker.Names> names = new ArrayList<>(WellKnown.files().values());
      assertThat(new ProtoLinker(parsed, names, WellKnown.files()).link()).isEmpty();
      FileDescriptorProto.Builder read = parsed.file();
      read.getMessageTypeBuilderList()
          .forEach(message ->
              message
                  .getExtensionRangeBuilderList()
                  .forEach(range -> range.getOptionsBuilder().clearDeclaration()));
      assertThat(plain(read.build())).as(one.getKey()).isEqualTo(plain(one.getValue().toProto()));
    }
  }

  @Test
  void everySyntaxIsRead() {
    GrpcSchema schema = ProtoFixture.schema();
    assertThat(schema.services()).containsExactly("shop.Orders", "shop.legacy.Depot");
    assertThat(schema.method("shop.Orders/Talk", ProtoFixture.HERE))
        .returns("/shop.Orders/Talk", GrpcMethod::path)
        .returns(true, GrpcMethod::clientStreams)
        .returns(true, GrpcMethod::serverStreams);
    var parcel = ProtoFixture.type(schema, "shop.legacy.Parcel");
    assertThat(parcel.findFieldByName("label").getDefaultValue()).isEqualTo("none \"yet\"\nAAé");
    assertThat(parcel.findFieldByName("far").getDefaultValue()).isEqualTo(-16L);
    assertThat(parcel.findFieldByName("width").getDefaultValue())
        .isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(parcel.findFieldByName("size").getDefaultValue()).hasToString("LARGE");
    assertThat(parcel.findFieldByName("item").getType()).isEqualTo(FieldDescriptor.Type.GROUP);
    assertThat(parcel.findFieldByName("packed").isPacked()).isTrue();
    assertThat(parcel.findFieldByName("loose").isPacked()).isFalse();
    assertThat(schema.extension("shop.legacy.Parcel.preferred")).isNotNull();
    var thing = ProtoFixture.type(schema, "shop.modern.Thing");
    assertThat(thing.findFieldByName("implicit").hasPresence()).isFalse();
    assertThat(thing.findFieldByName("explicit").hasPresence()).isTrue();
    assertThat(thing.findFieldByName("needed").isRequired()).isTrue();
    assertThat(thing.findFieldByName("part").getType()).isEqualTo(FieldDescriptor.Type.GROUP);
    assertThat(thing.findFieldByName("spread").isPacked()).isFalse();
    assertThat(thing.findFieldByName("kind").getEnumType().isClosed()).isTrue();
  }

  @Test
  void everyMistakeOfAFileIsToldWithItsLine() {
    List<Problem> problems =
        problems(
            """
            syntax = "proto3";
            package shop;
            mesage Order { int32 id = 1; }
            message Item {
              int32 id = ;
              string name = 2
              bool ok = 19500;
              required int32 many = 4;
            }
            enum Empty {}
            """);
    assertThat(problems)
        .extracting(one -> one.where().text(), Problem::what)
        .containsExactly(
            tuple(
                "shop.proto:3:1",
                "'mesage' stands where message, enum, service, extend, import, package or option"
                    + " is expected"),
            tuple("shop.proto:5:14", "';' stands where the number of the field 'id' is expected"),
            tuple("shop.proto:7:3", "'bool' stands where ';' is expected"),
            tuple("shop.proto:8:3", "'required' is no label in proto3"),
            tuple("shop.proto:10:6", "the enum 'Empty' has no value"));
    assertThat(problems.getFirst().mend()).isEqualTo("did you mean 'message'?");
  }

  @Test
  void aBlockWithoutItsEndIsToldOnce() {
    assertThat(problems("syntax = \"proto3\";\nmessage A { message B { int32 x = 1; "))
        .extracting(Problem::what)
        .containsExactly("the file ends within a block");
  }

  @Test
  void unknownSyntaxEditionAndOptionsAreTold() {
    assertThat(problems("syntax = \"proto4\";"))
        .extracting(Problem::what)
        .containsExactly("there is no syntax 'proto4'");
    assertThat(problems("edition = \"1999\";"))
        .extracting(Problem::what)
        .containsExactly("the edition '1999' is not known");
    assertThat(problems("syntax = \"proto3\"; message A { int32 a = 1 [paked = true]; }"))
        .extracting(Problem::what, Problem::mend)
        .containsExactly(
            tuple(
                "there is no option 'paked' here",
                "did you mean 'packed'? (a custom option stands in parentheses)"));
  }

  /** Whatever is done to a good file: a schema or problems, never another exception. */
  @Test
  void garbledFilesGiveProblemsAndNothingElse() throws IOException {
    String good = Files.readString(ProtoFixture.folder().resolve("shop/orders.proto"));
    String legacy = Files.readString(ProtoFixture.folder().resolve("shop/legacy.proto"));
    SplittableRandom random = new SplittableRandom(20261121);
    String alphabet = "{}[]()<>;:,.=-+/\"'\\ \n0aé_x*#";
    int read = 0;
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? good : legacy);
      for (int many = random.nextInt(1, 6); many > 0; many--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> text.setLength(Math.max(100, at));
        }
      }
      try {
        ProtoParser.parse("shop.proto", "shop.proto", text.toString());
        read++;
      } catch (ProblemException told) {
        assertThat(told.problems()).isNotEmpty().hasSizeLessThan(50);
      }
    }
    assertThat(read).isBetween(100, 3900);
  }

  private static List<Problem> problems(String text) {
    return catchThrowableOfType(
            ProblemException.class, () -> ProtoParser.parse("shop.proto", "shop.proto", text))
        .problems();
  }

  // ------------------------------------------------------------------ the oracle

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    URI jar = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(jar);
  }

  /** The descriptors of a jar's classes by their file; the sources are put into a folder. */
  private static Map<String, FileDescriptor> compiledIn(Path jar, Path sources) throws Exception {
    Map<String, FileDescriptor> compiled = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        String name = entry.getName();
        if (name.endsWith(".proto")) {
          Path source = sources.resolve(name);
          Files.createDirectories(source.getParent());
          Files.write(source, file.getInputStream(entry).readAllBytes());
        } else if (name.endsWith("Proto.class") || name.endsWith("Protos.class")) {
          var method =
              Class.forName(name.replace('/', '.').replace(".class", ""))
                  .getMethod("getDescriptor");
          if (Modifier.isStatic(method.getModifiers())
              && method.getReturnType() == FileDescriptor.class) {
            FileDescriptor descriptor = (FileDescriptor) method.invoke(null);
            compiled.put(descriptor.getName(), descriptor);
          }
        }
      }
    }
    return compiled;
  }

  /** Without what Assay leaves out (custom options) and protoc adds (names in JSON). */
  private static String plain(FileDescriptorProto file) {
    return stripped(file).toString().replaceAll(" *json_name: .*\\n", "");
  }

  private static Message stripped(Message message) {
    Message.Builder plain = message.toBuilder();
    plain.setUnknownFields(UnknownFieldSet.getDefaultInstance());
    message
        .getAllFields()
        .forEach((field, value) -> {
          if (field.isExtension()) {
            plain.clearField(field);
          } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && field.isRepeated()) {
            plain.clearField(field);
            ((List<?>) value)
                .forEach(one -> plain.addRepeatedField(field, stripped((Message) one)));
          } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            Message inner = stripped((Message) value);
            boolean empty = field.getName().equals("options") && inner.getAllFields().isEmpty();
            if (empty) {
              plain.clearField(field);
            } else {
              plain.setField(field, inner);
            }
          }
        });
    return plain.build();
  }
}
