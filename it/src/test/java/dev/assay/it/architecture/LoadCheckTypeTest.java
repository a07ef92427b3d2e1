package dev.assay.it.architecture;

import dev.assay.api.spi.CheckType;
import dev.assay.load.LoadCheckType;
import dev.assay.load.LoadConfiguration;
import dev.assay.testkit.CheckTypeKit;

class LoadCheckTypeTest extends CheckTypeKit<LoadConfiguration> {

  @Override
  protected CheckType<LoadConfiguration> type() {
    return new LoadCheckType();
  }

  @Override
  protected String smallest() {
    return "{ rate: 10/s, for: 1s, flow: [ { get: / } ] }";
  }
}
