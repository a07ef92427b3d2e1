package dev.assay.profile.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void namesAreTheSameInTheNextStartOfTheSameProgram() {
    assertThat(RecordingReader.stable("shop.Cart$$Lambda/0x00007f8a3c0a1000.apply"))
        .isEqualTo("shop.Cart$$Lambda.apply");
    assertThat(RecordingReader.stable("shop.Cart$$Lambda.0x00007f8a3c0a1000.accept"))
        .isEqualTo("shop.Cart$$Lambda.accept");
    assertThat(RecordingReader.stable("shop.Cart$$Lambda$14+0x0000000800c03000.get"))
        .isEqualTo("shop.Cart$$Lambda.get");
    assertThat(RecordingReader.stable("java.lang.invoke.LambdaForm$MH/0x00c.invoke"))
        .isEqualTo("java.lang.invoke.LambdaForm$MH.invoke");
    assertThat(RecordingReader.stable("jdk.internal.reflect.GeneratedMethodAccessor12.invoke"))
        .isEqualTo("jdk.internal.reflect.GeneratedMethodAccessor.invoke");
    assertThat(RecordingReader.stable("com.sun.proxy.$Proxy31.find"))
        .isEqualTo("com.sun.proxy.$Proxy.find");
    assertThat(RecordingReader.stable("shop.Proxy2.find")).isEqualTo("shop.Proxy2.find");
  }

  @Test
  void aNameCannotBreakTheLinesOfTheFile() {
    assertThat(RecordingReader.stable("a;b c\nd.e")).isEqualTo("a:b_c_d.e");
  }

  @Test
  void whatIsNoRecordingIsSaidToBeNone() throws IOException {
    for (String content : List.of("", "nothing of the kind", "FLR\0\0\2\0\0")) {
      Path file = Files.writeString(folder.resolve("x.jfr"), content);

      assertThatThrownBy(
              () -> RecordingReader.read(file, Instant.EPOCH, Instant.EPOCH, () -> false))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void theRestOfTooManyStacksIsSummedUpSoThatTheTotalStaysTrue() throws IOException {
    FoldedStacks stacks = new FoldedStacks();
    for (int i = 0; i < 30_000; i++) {
      stacks.add("main;m" + i, i < 10 ? 100 : 1);
    }
    Path file = folder.resolve("x.folded");
    stacks.write(file);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(20_001);
    assertThat(lines.getFirst()).isEqualTo("main;m0 100");
    assertThat(lines.getLast()).isEqualTo("[other stacks] 10000");
    assertThat(stacks.total()).isEqualTo(1_000 + 29_990);
  }
}
