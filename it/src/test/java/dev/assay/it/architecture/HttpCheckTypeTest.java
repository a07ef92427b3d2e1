package dev.assay.it.architecture;

import dev.assay.api.spi.CheckType;
import dev.assay.http.HttpCheckType;
import dev.assay.http.HttpConfiguration;
import dev.assay.testkit.CheckTypeKit;

class HttpCheckTypeTest extends CheckTypeKit<HttpConfiguration> {

  @Override
  protected CheckType<HttpConfiguration> type() {
    return new HttpCheckType();
  }

  @Override
  protected String smallest() {
    return "{ flow: [ { get: / } ] }";
  }
}
