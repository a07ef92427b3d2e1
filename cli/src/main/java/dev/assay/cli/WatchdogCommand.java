package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this program starts itself as a watchdog: the same Java and classes, but small. */
final class WatchdogCommand {

  private WatchdogCommand() {}

  /** The words, to which {@code PID:START} and the folder are added. */
  static List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx24m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(inherited());
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
    words.addAll(List.of(Main.class.getName(), "mend", "--when-gone"));
    return words;
  }

  /** Another process starts it elsewhere, so nothing may be relative. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The flags that let it start from the same cache of classes, which the launcher made. */
  private static List<String> inherited() {
    try {
      String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      return Stream.of(line.split("\0"))
          .takeWhile(word -> !word.equals(Main.class.getName()))
          .filter(word ->
              word.startsWith("-XX:AOTCache=") || word.equals("-XX:+UseCompactObjectHeaders"))
          .toList();
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
