package dev.assay.suite.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.coverage.SourcePaths.Match;
import dev.assay.suite.coverage.SourcePaths.None;
import dev.assay.suite.coverage.SourcePaths.One;
import dev.assay.suite.coverage.SourcePaths.Origin;
import dev.assay.suite.coverage.SourcePaths.Several;
import dev.assay.suite.report.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePathsTest {

  @TempDir Path temporary;
  private Path root;
  private final List<String> files = new ArrayList<>();

  @BeforeEach
  void realRoot() throws IOException {
    root = temporary.toRealPath();
  }

  private void file(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
      files.add(path);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private Match match(Format format, String written, String report, String project) {
    return match(format, written, List.of(), report, project);
  }

  private Match match(
      Format format, String written, List<String> roots, String report, String project) {
    SourcePaths paths = new SourcePaths(root, files);
    Path at = root.resolve(report);
    try {
      Files.createDirectories(Objects.requireNonNull(at.getParent()));
      if (!Files.exists(at)) {
        Files.createFile(at);
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
    String elsewhere = paths.elsewhere(List.of(written));
    return paths.of(written, roots, new Origin(format, at, root.resolve(project), elsewhere));
  }

  @Test
  void jacocosPackageIsTheOneThatTheFileDeclares() {
    file("app/src/main/java/org/acme/Cart.java", "package org.acme;\nclass Cart {}");
    file("app/src/main/java/acme/Cart.java", "/* a licence */\n package acme ;\nclass Cart {}");

    assertThat(match(Format.JACOCO, "acme/Cart.java", "app/target/site/jacoco/jacoco.xml", "app"))
        .isEqualTo(new One("app/src/main/java/acme/Cart.java"));
  }

  @Test
  void kotlinNeedsNoFoldersForItsPackage() {
    file("src/main/kotlin/cart/Cart.kt", "package com.acme.cart\n\nclass Cart");

    assertThat(match(Format.JACOCO, "com/acme/cart/Cart.kt", "build/jacoco.xml", "."))
        .isEqualTo(new One("src/main/kotlin/cart/Cart.kt"));
  }

  @Test
  void namesakesInTwoModulesAreToldApartByTheModuleOfTheReport() {
    file("a/src/main/java/x/Util.java", "package x;");
    file("b/src/main/java/x/Util.java", "package x;");

    assertThat(match(Format.JACOCO, "x/Util.java", "b/target/site/jacoco/jacoco.xml", "."))
        .isEqualTo(new One("b/src/main/java/x/Util.java"));
    assertThat(match(Format.JACOCO, "x/Util.java", "all/target/site/jacoco/jacoco.xml", "."))
        .isEqualTo(
            new Several(List.of("a/src/main/java/x/Util.java", "b/src/main/java/x/Util.java")));
  }

  @Test
  void aGeneratedClassIsOfNoFile() {
    file("src/main/java/x/Cart.java", "package x;");

    assertThat(match(Format.JACOCO, "x/gen/Cart.java", "target/jacoco.xml", "."))
        .isEqualTo(new None());
  }

  @Test
  void aRelativePathBeginsAtTheProjectAndNotAtItsNamesakesElsewhere() {
    file("packages/a/src/index.js", "");
    file("packages/b/src/index.js", "");
    file("packages/b/src/only.js", "");
    file("src/index.js", "");

    assertThat(match(Format.LCOV, "src/index.js", "packages/a/coverage/lcov.info", "packages/a"))
        .isEqualTo(new One("packages/a/src/index.js"));
    assertThat(match(Format.LCOV, "src/only.js", "packages/a/coverage/lcov.info", "packages/a"))
        .isEqualTo(new None());
  }

  @Test
  void coberturasPathsBeginInItsSources() {
    file("lib/shop/cart.py", "");
    file("shop/cart.py", "");

    assertThat(
            match(
                Format.COBERTURA,
                "shop/cart.py",
                List.of(root.resolve("lib").toString()),
                "coverage.xml",
                "."))
        .isEqualTo(new One("lib/shop/cart.py"));
    assertThat(
            match(
                Format.COBERTURA,
                "shop/cart.py",
                List.of(root.resolve("lib").toString(), root.toString()),
                "coverage.xml",
                "."))
        .isEqualTo(new Several(List.of("lib/shop/cart.py", "shop/cart.py")));
  }

  @Test
  void anAbsolutePathIsTakenAsItIs() {
    file("src/a.js", "");

    assertThat(match(Format.ISTANBUL, root.resolve("src/a.js").toString(), "coverage/c.json", "."))
        .isEqualTo(new One("src/a.js"));
    assertThat(match(Format.ISTANBUL, root.resolve("dist/a.js").toString(), "coverage/c.json", "."))
        .isEqualTo(new None());
  }

  @Test
  void aCheckoutElsewhereIsTheFolderBelowWhichMostPathsAreFiles() {
    file("index.js", "");
    file("src/a.js", "");
    file("src/index.js", "");
    SourcePaths paths = new SourcePaths(root, files);

    assertThat(paths.elsewhere(List.of("/builds/shop/src/a.js", "/builds/shop/src/index.js")))
        .isEqualTo("/builds/shop/");
    // either could be the folder
    assertThat(paths.elsewhere(List.of("/builds/shop/src/index.js"))).isEmpty();
    assertThat(match(Format.ISTANBUL, "/builds/shop/src/index.js", "c.json", "."))
        .isEqualTo(new None());
    assertThat(match(Format.ISTANBUL, "C:\\builds\\shop\\src\\a.js", "c.json", "."))
        .isEqualTo(new One("src/a.js"));
  }

  @Test
  void goNamesTheModuleAndNotTheFolder() {
    file("go.mod", "module example.org/shop\n\ngo 1.22\n");
    file("cart/cart.go", "package cart");
    file("tools/go.mod", "module example.org/shop/tools\n");
    file("tools/lint.go", "package main");

    assertThat(match(Format.GO_COVER, "example.org/shop/cart/cart.go", "cover.out", "."))
        .isEqualTo(new One("cart/cart.go"));
    assertThat(match(Format.GO_COVER, "example.org/shop/tools/lint.go", "cover.out", "."))
        .isEqualTo(new One("tools/lint.go"));
    assertThat(match(Format.GO_COVER, "example.org/other/cart.go", "cover.out", "."))
        .isEqualTo(new None());
  }
}
