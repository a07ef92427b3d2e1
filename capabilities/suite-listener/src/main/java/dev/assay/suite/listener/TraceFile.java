package dev.assay.suite.listener;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/**
 * What is traced in one JVM, as lines of words with tabs between them: {@code test}, the test
 * class, the classes it executed. Each line is written at once, so that a JVM that is killed leaves
 * what it knew. Thread-safe.
 */
final class TraceFile {

  private final File file;

  TraceFile(File folder) {
    String process = ManagementFactory.getRuntimeMXBean().getName().replaceAll("[^0-9A-Za-z]", "-");
    file = new File(folder, process + ".trace");
  }

  /** Writes something that is no test. */
  void note(String kind, String text) {
    line(kind + '\t' + text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' '));
  }

  /** Writes what a test class executed. */
  void test(String name, Collection<String> classes) {
    StringBuilder line = new StringBuilder("test\t").append(name);
    for (String executed : classes) {
      line.append('\t').append(executed);
    }
    line(line.toString());
  }

  private synchronized void line(String line) {
    try (OutputStream out =
        Files.newOutputStream(
            file.toPath(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    } catch (IOException full) {
      // a trace that is missing is a test of which nothing is known, and that is safe
    }
  }
}
