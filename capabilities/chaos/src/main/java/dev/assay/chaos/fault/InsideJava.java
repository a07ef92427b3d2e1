package dev.assay.chaos.fault;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fault inside Java processes, made by an agent that is attached to them. It is mended by telling
 * the agent so; it goes with the process, too.
 */
final class InsideJava implements Breakage {

  static final String PROCESSES = "processes";
  static final String JAR = "jar";
  static final String ARGUMENT = "argument";

  /** The agent answers in a property for each kind of fault, {@code assay.chaos.agent.clock}. */
  private static final String SAID = "assay.chaos.agent.";

  private static final int OLDEST = 24;

  @Override
  public String kind() {
    return "chaos-agent";
  }

  /** Those processes that are Java. */
  static List<ProcessRef> java(Collection<Long> pids) {
    return ProcessRef.living(pids).stream().filter(InsideJava::isJava).toList();
  }

  private static boolean isJava(ProcessRef process) {
    try (Stream<String> maps =
        Files.lines(Path.of("/proc/" + process.pid() + "/maps"), StandardCharsets.ISO_8859_1)) {
      return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    Path jar = Path.of(details.getOrDefault(JAR, ""));
    AgentJar.write(jar);
    String argument = details.getOrDefault(ARGUMENT, "");
    for (ProcessRef process : processes(details)) {
      String said = made(process, jar, argument);
      if (!said.equals(argument)) {
        throw new IOException("in process " + process.pid() + " the agent says '" + said + "'");
      }
    }
  }

  private static String made(ProcessRef process, Path jar, String argument) throws IOException {
    try {
      return tell(process, jar, argument);
    } catch (IOException broken) {
      if (process.lives()) {
        throw broken;
      }
      throw new IOException("process " + process.pid() + " ended meanwhile", broken);
    }
  }

  /** Why the agent cannot be loaded into a process; empty where it can. */
  static Optional<String> unfit(ProcessRef process) {
    try {
      VirtualMachine machine = attach(process);
      try {
        String version =
            machine.getSystemProperties().getProperty("java.specification.version", "");
        boolean fits = version.matches("\\d{1,4}") && Integer.parseInt(version) >= OLDEST;
        return fits
            ? Optional.empty()
            : Optional.of(
                "process " + process.pid() + " runs on Java " + version + ", older than " + OLDEST);
      } finally {
        machine.detach();
      }
    } catch (IOException closed) {
      return Optional.of(String.valueOf(closed.getMessage()));
    }
  }

  private static List<ProcessRef> processes(Map<String, String> details) {
    return ProcessRef.parse(details.getOrDefault(PROCESSES, ""));
  }

  /** Tells the agent, loading it the first time; returns what it answers. */
  private static String tell(ProcessRef process, Path jar, String argument) throws IOException {
    VirtualMachine machine = attach(process);
    try {
      machine.loadAgent(jar.toString(), jar + "|" + argument);
      return machine.getSystemProperties().getProperty(property(argument), "nothing");
    } catch (AgentLoadException | AgentInitializationException refused) {
      throw new IOException("the agent does not load: " + refused.getMessage(), refused);
    } finally {
      machine.detach();
    }
  }

  private static String property(String argument) {
    return SAID + argument.substring(0, argument.indexOf('='));
  }

  private static VirtualMachine attach(ProcessRef process) throws IOException {
    try {
      if (!process.lives()) {
        throw new IOException("process " + process.pid() + " has ended");
      }
      return VirtualMachine.attach(Long.toString(process.pid()));
    } catch (AttachNotSupportedException refused) {
      throw new IOException(
          "process " + process.pid() + " lets nobody attach: " + refused.getMessage(), refused);
    }
  }

  @Override
  public Effect look(Map<String, String> details) {
    String argument = details.getOrDefault(ARGUMENT, "");
    StringBuilder how = new StringBuilder("the agent's self-test says");
    boolean seen = true;
    for (ProcessRef process : processes(details)) {
      String said = said(process, argument);
      seen &= said.equals(argument);
      how.append(" '").append(said).append("' in process ").append(process.pid());
    }
    return new Effect(seen, how.toString());
  }

  private static String said(ProcessRef process, String argument) {
    try {
      VirtualMachine machine = attach(process);
      try {
        return machine.getSystemProperties().getProperty(property(argument), "");
      } finally {
        machine.detach();
      }
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    String argument = details.getOrDefault(ARGUMENT, "");
    String nothing = argument.startsWith("clock=") ? "clock=0" : "names=";
    Path jar = Path.of(details.getOrDefault(JAR, ""));
    int mended = 0;
    for (ProcessRef process : processes(details)) {
      if (process.lives() && said(process, argument).equals(argument)) {
        if (!tell(process, jar, nothing).equals(nothing)) {
          throw new IOException("process " + process.pid() + " does not let go of " + argument);
        }
        mended++;
      }
    }
    Files.deleteIfExists(jar);
    return mended == 0
        ? Optional.empty()
        : Optional.of("ended '" + argument + "' in " + mended + " Java processes");
  }
}
