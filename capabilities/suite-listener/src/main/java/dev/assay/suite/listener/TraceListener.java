package dev.assay.suite.listener;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Asks JaCoCo's agent after each test class what was executed since. Of test classes that run at
 * the same time each is said to have executed what all of them did: too much, never too little.
 * Thread-safe.
 */
public final class TraceListener implements TestExecutionListener {

  private static final int HEADER = 0x01;
  private static final int SESSION = 0x10;
  private static final int CLASS = 0x11;

  private final String folder = System.getProperty(TraceAgent.FOLDER, "");
  private final Map<String, Set<String>> running = new LinkedHashMap<>();
  private final Map<String, Integer> depths = new LinkedHashMap<>();

  @Override
  public synchronized void executionStarted(TestIdentifier test) {
    String name = testClass(test);
    if (name != null) {
      collect();
      depths.merge(name, 1, Integer::sum);
      running.computeIfAbsent(name, key -> new TreeSet<>());
    }
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = testClass(test);
    if (name == null || !running.containsKey(name)) {
      return;
    }
    collect();
    int depth = depths.merge(name, -1, Integer::sum);
    if (depth == 0) {
      Set<String> executed = running.remove(name);
      if (executed != null) {
        new TraceFile(new File(folder)).test(name, executed);
      }
    }
  }

  /** The class that a container is of, the outermost one of nested ones; null for all else. */
  private @Nullable String testClass(TestIdentifier test) {
    if (folder.isEmpty() || !test.isContainer() || !test.getSource().isPresent()) {
      return null;
    }
    Object source = test.getSource().get();
    if (!(source instanceof ClassSource)) {
      return null;
    }
    String name = ((ClassSource) source).getClassName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Gives what was executed since the last time to all that run. */
  private void collect() {
    Collection<String> executed;
    try {
      executed = executed();
    } catch (Exception | LinkageError failure) {
      new TraceFile(new File(folder))
          .note("untraced", "JaCoCo's agent does not answer: " + failure);
      running.clear();
      return;
    }
    for (Set<String> each : running.values()) {
      each.addAll(executed);
    }
  }

  private static Collection<String> executed() throws Exception {
    Class<?> runtime =
        Class.forName("org.jacoco.agent.rt.RT", true, ClassLoader.getSystemClassLoader());
    Object agent = runtime.getMethod("getAgent").invoke(null);
    Class<?> type =
        Class.forName("org.jacoco.agent.rt.IAgent", true, ClassLoader.getSystemClassLoader());
    byte[] data = (byte[]) type.getMethod("getExecutionData", boolean.class).invoke(agent, true);
    return names(data);
  }

  /** JaCoCo's format of execution data, version 0x1007: blocks that begin with their kind. */
  static List<String> names(byte[] data) throws IOException {
    List<String> names = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(data));
    for (int block = in.read(); block >= 0; block = in.read()) {
      switch (block) {
        case HEADER:
          in.readChar();
          in.readChar();
          break;
        case SESSION:
          in.readUTF();
          in.readLong();
          in.readLong();
          break;
        case CLASS:
          in.readLong();
          names.add(in.readUTF());
          skipProbes(in);
          break;
        default:
          throw new IOException("an unknown block of execution data: " + block);
      }
    }
    return names;
  }

  /** Probes are packed, eight to a byte, after their count in groups of seven bits. */
  private static void skipProbes(DataInputStream in) throws IOException {
    int count = 0;
    int shift = 0;
    int group;
    do {
      group = in.readUnsignedByte();
      count |= (group & 0x7F) << shift;
      shift += 7;
    } while ((group & 0x80) != 0);
    in.readFully(new byte[(count + 7) / 8]);
  }
}
