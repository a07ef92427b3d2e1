package dev.assay.suite.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which test files a change selects, by imports. */
class ImportSelectionTest {

  @TempDir Path folder;
  @TempDir Path kept;

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private SelectedRun select() throws IOException {
    return SelectedRun.select(folder, kept, Map.of(), 0, 1).orElseThrow();
  }

  private void pass() throws IOException {
    SelectedRun selected = select();
    Map<String, Boolean> results = new TreeMap<>();
    selected.selection().decisions().forEach(each -> results.put(each.test(), true));
    selected.remember(results, new Tracing.Traces(Map.of(), 0, Set.of()), "run-1", Instant.EPOCH);
  }

  private List<String> selectedAfter(String path, String text) throws IOException {
    pass();
    write(path, text);
    return select().selection().run().stream().map(Decision::test).toList();
  }

  private void script() throws IOException {
    write("package.json", "{\"devDependencies\": {\"vitest\": \"^3.0.0\"}, \"main\": \"a.js\"}");
    write("src/a.ts", "export { b } from './b.js';");
    write("src/b.ts", "export const b = 1;");
    write("src/c.ts", "export const c = 1;");
    write("test/a.test.ts", "import { test } from 'vitest';\nimport { b } from '../src/a';");
    write("test/c.test.ts", "const c = require('../src/c');");
  }

  @Test
  void aScriptSelectsTheTestsThatImportIt() throws IOException {
    script();
    assertThat(selectedAfter("src/b.ts", "export const b = 2;")).containsExactly("test/a.test.ts");
  }

  @Test
  void aNameThatIsMadeAtRunTimeMayBeAnyFile() throws IOException {
    script();
    write(
        "test/all.test.ts", "for (const n of ['c']) { require('../src/' + n + '.ts'.slice(0)); }");
    write("test/any.test.ts", "const m = await import(name);");
    assertThat(selectedAfter("src/c.ts", "export const c = 2;"))
        .contains("test/any.test.ts", "test/c.test.ts");
  }

  @Test
  void anAliasMayBeAnyFile() throws IOException {
    script();
    write("test/alias.test.ts", "import { c } from '@/c';");
    assertThat(selectedAfter("src/c.ts", "export const c = 2;"))
        .containsExactly("test/alias.test.ts", "test/c.test.ts");
  }

  @Test
  void packageJsonSelectsEverything() throws IOException {
    script();
    assertThat(selectedAfter("package.json", "{}")).hasSize(2);
  }

  @Test
  void aSetupFileOfAllTestsSelectsEverythingWithWhatItImports() throws IOException {
    script();
    write("vitest.config.ts", "export default { test: { setupFiles: ['./setup.ts'] } };");
    write("setup.ts", "import './src/shared';");
    write("src/shared.ts", "export const one = 1;");
    assertThat(selectedAfter("src/shared.ts", "export const one = 2;")).hasSize(2);
  }

  @Test
  void aDataFileSelectsTheTestThatNamesIt() throws IOException {
    script();
    write("test/data.test.ts", "readFileSync('test/rates.csv');");
    write("test/rates.csv", "1");
    assertThat(selectedAfter("test/rates.csv", "2")).containsExactly("test/data.test.ts");
  }

  private void python() throws IOException {
    write("pyproject.toml", "[project]\nname = 'shop'");
    write("src/shop/__init__.py", "");
    write("src/shop/cart.py", "from . import prices\nfrom .tax import (\n    rate,\n)");
    write("src/shop/prices.py", "ONE = 1");
    write("src/shop/tax.py", "rate = 1");
    write("src/shop/till.py", "open = 1");
    write("tests/test_cart.py", "from shop.cart import prices");
    write("tests/test_till.py", "import pytest, shop.till as till");
  }

  @Test
  void aModuleSelectsTheTestsThatImportIt() throws IOException {
    python();
    assertThat(selectedAfter("src/shop/tax.py", "rate = 2")).containsExactly("tests/test_cart.py");
  }

  @Test
  void aPackageSelectsAllThatIsLoadedThroughIt() throws IOException {
    python();
    assertThat(selectedAfter("src/shop/__init__.py", "x = 1")).hasSize(2);
  }

  @Test
  void fixturesOfAFolderSelectItsTests() throws IOException {
    python();
    write("tests/conftest.py", "x = 1");
    assertThat(selectedAfter("tests/conftest.py", "x = 2")).hasSize(2);
  }

  @Test
  void theTargetOfAPatchIsUsed() throws IOException {
    python();
    write("tests/test_patch.py", "from unittest import mock\nmock.patch('shop.till.open')");
    assertThat(selectedAfter("src/shop/till.py", "open = 2"))
        .containsExactly("tests/test_patch.py", "tests/test_till.py");
  }

  @Test
  void aModuleThatIsNamedAtRunTimeMayBeAnyFile() throws IOException {
    python();
    write("tests/test_load.py", "import importlib\nimportlib.import_module(name)");
    assertThat(selectedAfter("src/shop/tax.py", "rate = 2"))
        .containsExactly("tests/test_cart.py", "tests/test_load.py");
  }
}
