package dev.assay.profile;

import dev.assay.api.spi.ServiceObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that a test started, which is ready. */
final class ServiceProcess implements AutoCloseable {

  private final Process process;
  private final List<String> command;

  private ServiceProcess(List<String> command) throws IOException {
    this.command = command;
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** A JVM that does so. */
  static ServiceProcess java(String what, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            Path.of("target/test-classes").toAbsolutePath().toString(),
            "dev.assay.profile.child.Burner",
            what));
    return start(command);
  }

  /** Any program that says a line when it is ready. */
  static ServiceProcess start(List<String> command) {
    try {
      ServiceProcess started = new ServiceProcess(command);
      BufferedReader out = started.process.inputReader();
      String line = out.readLine();
      while (line != null && !line.contains("ready")) {
        line = out.readLine();
      }
      return started;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  long pid() {
    return process.pid();
  }

  ServiceObserver.Service<ProfileConfiguration> service(
      String name, @Nullable ProfileConfiguration configuration) {
    return new ServiceObserver.Service<>(name, process::pid, command, configuration);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
