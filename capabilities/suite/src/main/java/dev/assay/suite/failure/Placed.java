package dev.assay.suite.failure;

import dev.assay.suite.trace.Frame;

/**
 * A frame of the project with the file it is in.
 *
 * @param frame the frame
 * @param path relative to the repository, or, without one, to the workspace's folder; empty where
 *     the file is not there
 */
public record Placed(Frame frame, String path) {

  /** Whether it is of a test. */
  public boolean test() {
    return dev.assay.suite.git.ProjectCode.test(path.isEmpty() ? frame.file() : path);
  }

  /** The file with its line, as editors open it. */
  public String place() {
    String file = path.isEmpty() ? frame.file() : path;
    return frame.line() > 0 ? file + ":" + frame.line() : file;
  }

  /** The same in another build: without the line. */
  String stable() {
    String name = frame.stableName();
    return name.isEmpty() ? path : name;
  }
}
