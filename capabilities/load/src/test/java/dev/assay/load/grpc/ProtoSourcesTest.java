package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtoSourcesTest {

  @TempDir Path folder;

  @Test
  void importsAreFoundBelowTheProtoPaths() throws IOException {
    write("api/orders.proto", "import \"common/money.proto\"; message O { optional M m = 1; }");
    write("libs/common/money.proto", "message M {}");
    assertThat(compile(List.of("libs"), "api/orders.proto").getFirst().getDependencies())
        .extracting(FileDescriptor::getName)
        .containsExactly("common/money.proto");
  }

  @Test
  void aFileMayImportItsNeighboursByTheirBareNames() throws IOException {
    write("api/orders.proto", "import \"money.proto\"; message O { optional M m = 1; }");
    write("api/money.proto", "message M {}");
    assertThat(compile(List.of(), "api/orders.proto")).hasSize(1);
  }

  @Test
  void oneFileUnderTwoNamesIsOneFile() throws IOException {
    write("api/orders.proto", "import \"money.proto\"; message O { optional M m = 1; }");
    write("api/money.proto", "message M {}");
    assertThat(compile(List.of(), "api/money.proto", "api/orders.proto"))
        .extracting(FileDescriptor::getName)
        .containsExactly("api/money.proto", "api/orders.proto");
  }

  @Test
  void anImportThatOnlyCustomOptionsNeedMayBeMissing() throws IOException {
    write(
        "a.proto",
        "import \"google/api/annotations.proto\"; message A {}\n"
            + "service S { rpc R(A) returns (A) { option (google.api.http) = { get: \"/\" }; } }");
    assertThat(compile(List.of(), "a.proto").getFirst().getServices()).hasSize(1);
  }

  @Test
  void anImportWhoseTypesAreNeededIsToldWithItsLine() throws IOException {
    write("a.proto", "import \"b.proto\";\nmessage A { optional B b = 1; }");
    assertThat(problems("a.proto"))
        .extracting(Problem::toString)
        .containsExactly(
            "ASSAY-LOAD-103 a.proto:1:8: 'b.proto' is not below any of [.] (add the folder that"
                + " 'b.proto' starts from to 'proto paths')",
            "ASSAY-LOAD-104 a.proto:2:24: the type 'B' is not defined (define it, or import the"
                + " file that does)");
  }

  @Test
  void aMisspeltTypeIsToldWithTheNearest() throws IOException {
    write("a.proto", "package p;\nmessage Money {}\nmessage A { optional Mony b = 1; }");
    assertThat(problems("a.proto"))
        .extracting(Problem::toString)
        .containsExactly(
            "ASSAY-LOAD-104 a.proto:3:27: the type 'Mony' is not defined (did you mean 'Money'?)");
  }

  @Test
  void aTypeOfAFileThatOnlyAnotherImportsIsNotVisible() throws IOException {
    write("a.proto", "import \"b.proto\";\nmessage A { optional C c = 1; optional B b = 2; }");
    write("b.proto", "import \"c.proto\"; message B { optional C c = 1; }");
    write("c.proto", "message C {}");
    assertThat(problems("a.proto"))
        .extracting(Problem::toString)
        .containsExactly(
            "ASSAY-LOAD-104 a.proto:2:24: 'C' is defined in 'c.proto', which is not imported here"
                + " (add: import \"c.proto\";)");
    write("b.proto", "import public \"c.proto\"; message B { optional C c = 1; }");
    assertThat(compile(List.of(), "a.proto")).hasSize(1);
  }

  @Test
  void theInnermostScopeDecidesWhatANameMeans() throws IOException {
    write(
        "a.proto",
        """
        package a.b;
        message X { optional int32 outer = 1; }
        message Y {
          message X { optional int32 inner = 1; }
          optional X one = 1;
          optional .a.b.X two = 2;
          optional b.X three = 3;
          optional a.b.Y.X four = 4;
        }
        """);
    var fields = compile(List.of(), "a.proto").getFirst().findMessageTypeByName("Y").getFields();
    assertThat(fields)
        .extracting(field -> field.getMessageType().getFullName())
        .containsExactly("a.b.Y.X", "a.b.X", "a.b.X", "a.b.Y.X");
  }

  @Test
  void aCircleOfImportsIsTold() throws IOException {
    write("a.proto", "import \"b.proto\"; message A { optional B b = 1; }");
    write("b.proto", "import \"a.proto\"; message B { optional A a = 1; }");
    assertThat(problems("a.proto"))
        .extracting(Problem::what)
        .containsExactly("files import one another in a circle: a.proto -> b.proto -> a.proto");
  }

  @Test
  void whatTheLanguageForbidsIsToldAtItsDefinition() throws IOException {
    write("a.proto", "message A {\n  optional int32 one = 1;\n  optional int32 two = 1;\n}");
    assertThat(problems("a.proto").getFirst())
        .returns("ASSAY-LOAD-105", Problem::code)
        .extracting(one -> one.where().text())
        .isEqualTo("a.proto:3:18");
  }

  @Test
  void missingFilesAndHostilePathsAreTold() throws IOException {
    assertThat(problems("no.proto"))
        .extracting(Problem::toString)
        .containsExactly(
            "ASSAY-LOAD-102 assay.yaml:7:9: 'no.proto' is not there, below any of [.] (correct the"
                + " name, or add the folder that holds it to 'proto paths')");
    write("a.proto", "import \"../secret.proto\";");
    assertThat(problems("a.proto")).extracting(Problem::code).containsExactly("ASSAY-LOAD-103");
    Files.write(folder.resolve("a.proto"), new byte[] {(byte) 0xff, 0, 1});
    assertThat(problems("a.proto"))
        .extracting(Problem::what)
        .containsExactly("the file is not UTF-8");
  }

  @Test
  void aCompiledDescriptorSetGivesTheSameSchema() throws IOException {
    Map<String, FileDescriptorProto> all = new LinkedHashMap<>();
    ProtoFixture.files().forEach(file -> collect(file, all));
    byte[] set = FileDescriptorSet.newBuilder().addAllFile(all.values()).build().toByteArray();
    GrpcSchema schema = new GrpcSchema(DescriptorSets.read(set, Where.named("shop.pb")));
    assertThat(schema.services()).containsExactly("shop.Orders", "shop.legacy.Depot");
    assertThat(schema.method("shop.Orders/Place", ProtoFixture.HERE).input().toProto())
        .isEqualTo(ProtoFixture.type(ProtoFixture.schema(), "shop.PlaceRequest").toProto());
  }

  @Test
  void aDescriptorSetWithoutItsImportsIsTold() {
    FileDescriptorProto lonely = ProtoFixture.files().getFirst().toProto();
    byte[] set = FileDescriptorSet.newBuilder().addFile(lonely).build().toByteArray();
    assertThat(told(() -> DescriptorSets.read(set, Where.named("shop.pb"))))
        .extracting(Problem::what)
        .containsExactly("'shop/orders.proto' imports 'shop/money.proto', not in it");
    assertThat(told(() -> DescriptorSets.read("no set".getBytes(), Where.named("shop.pb"))))
        .extracting(Problem::code)
        .containsExactly("ASSAY-LOAD-106");
  }

  @Test
  void anUnknownServiceOrMethodIsToldWithTheNearest() {
    GrpcSchema schema = ProtoFixture.schema();
    assertThat(told(() -> schema.method("shop.Order/Place", ProtoFixture.HERE)))
        .extracting(Problem::mend)
        .containsExactly("did you mean 'shop.Orders'?");
    assertThat(told(() -> schema.method("shop.Orders/Plaec", ProtoFixture.HERE)))
        .extracting(Problem::mend)
        .containsExactly("did you mean 'Place'?");
    assertThat(told(() -> schema.method("Place", ProtoFixture.HERE)))
        .extracting(Problem::what)
        .containsExactly("'Place' is not a service and a method");
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptorProto> into) {
    file.getDependencies().forEach(dependency -> collect(dependency, into));
    into.put(file.getName(), file.toProto());
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<FileDescriptor> compile(List<String> paths, String... files) {
    return new ProtoSources(folder, paths.stream().map(Path::of).toList())
        .compile(List.of(files).stream().map(Path::of).toList(), ProtoFixture.HERE);
  }

  private List<Problem> problems(String file) {
    return told(() -> compile(List.of(), file));
  }

  private static List<Problem> told(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).problems();
  }
}
