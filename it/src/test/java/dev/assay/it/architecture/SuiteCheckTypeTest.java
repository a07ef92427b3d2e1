package dev.assay.it.architecture;

import dev.assay.api.spi.CheckType;
import dev.assay.suite.SuiteCheckType;
import dev.assay.suite.SuiteConfiguration;
import dev.assay.testkit.CheckTypeKit;

class SuiteCheckTypeTest extends CheckTypeKit<SuiteConfiguration> {

  @Override
  protected CheckType<SuiteConfiguration> type() {
    return new SuiteCheckType();
  }

  @Override
  protected String smallest() {
    return "{ command: run-tests, reports: [ \"reports/*.xml\" ] }";
  }
}
