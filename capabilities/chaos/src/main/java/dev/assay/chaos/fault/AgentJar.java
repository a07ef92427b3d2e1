package dev.assay.chaos.fault;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The agent as a JAR of its own, made of classes of this program. */
final class AgentJar {

  static final String AGENT = "dev.assay.chaos.agent.Agent";

  private static final List<String> CLASSES =
      List.of(
          AGENT,
          "dev.assay.chaos.agent.Work",
          "dev.assay.chaos.agent.Faulty",
          "dev.assay.chaos.agent.Rewriting",
          "dev.assay.chaos.agent.Rewriting$1");

  private AgentJar() {}

  /** Writes it. */
  static void write(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Agent-Class", AGENT);
    main.putValue("Premain-Class", AGENT);
    main.putValue("Can-Retransform-Classes", "true");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (String name : CLASSES) {
        String path = name.replace('.', '/') + ".class";
        try (InputStream in = AgentJar.class.getClassLoader().getResourceAsStream(path)) {
          if (in == null) {
            throw new IOException("the class " + name + " is missing");
          }
          jar.putNextEntry(new JarEntry(path));
          in.transferTo(jar);
          jar.closeEntry();
        }
      }
    }
  }

  /** Where the classes of this room are. */
  static String classPath() {
    try {
      return new File(Burden.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
