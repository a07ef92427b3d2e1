package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          **/target/surefire-reports/TEST-*.xml | target/surefire-reports/TEST-a.xml     | true
          **/target/surefire-reports/TEST-*.xml | a/b/target/surefire-reports/TEST-a.xml | true
          **/target/surefire-reports/TEST-*.xml | target/surefire-reports/x/TEST-a.xml   | false
          **/target/surefire-reports/TEST-*.xml | target/surefire-reports/a.txt          | false
          reports/*.xml                         | reports/a.xml                          | true
          reports/*.xml                         | reports/b/a.xml                        | false
          reports/**                            | reports/b/a.xml                        | true
          unit.xml                              | unit.xml                               | true
          unit.xml                              | unitaxml                               | false
          build/{unit,it}/r?.xml                | build/it/r1.xml                        | true
          build/{unit,it}/r?.xml                | build/ut/r1.xml                        | false
          ./out/*.xml                           | out/a.xml                              | true
          ../beside/*.xml                       | ../beside/a.xml                        | true
          """)
  void aPatternMatchesAsInOtherTools(String pattern, String file, boolean matches) {
    Path folder = Path.of("/work/space");
    assertThat(Glob.of(folder, pattern).matches(folder.resolve(file).normalize()))
        .isEqualTo(matches);
  }
}
