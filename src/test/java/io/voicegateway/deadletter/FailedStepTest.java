package io.voicegateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failed step is called where no step is known. */
class FailedStepTest {

  @ParameterizedTest
  @CsvSource({
    "direct://register-call,                      register-call",
    "https://me:s3cret@example.test/?token=s3cret, unknown",
    "file://data/call-events,                     unknown",
    ",                                            unknown",
  })
  void itIsTheRouteThatWasCalledAndNeverAnAddressElsewhere(String endpoint, String step) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, endpoint);

    new FailedStep().process(exchange);

    assertThat(exchange.getProperty(FailedStep.STEP)).isEqualTo(step);
  }
}
