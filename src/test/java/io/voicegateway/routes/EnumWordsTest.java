package io.voicegateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.Connect;
import io.voicegateway.call.Progress;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnumWordsTest {

  private final CamelContext camel = new DefaultCamelContext();

  static Stream<Enum<?>> words() {
    return Stream.concat(Stream.of(Connect.values()), Stream.of(Progress.values()));
  }

  @ParameterizedTest
  @MethodSource("words")
  void aRouteComparesTheWordThatUsersSee(Enum<?> value) {
    EnumWords.of(Connect.class).addTo(camel);
    EnumWords.of(Progress.class).addTo(camel);

    assertThat(isWord(value, value.toString())).isTrue();
    assertThat(isWord(value, "no-such-word")).isFalse();
    assertThat(words().filter(other -> isWord(value, other.toString()))).containsExactly(value);
  }

  private boolean isWord(Enum<?> value, String word) {
    DefaultExchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(value);
    return camel
        .resolveLanguage("simple")
        .createPredicate("${body} == '" + word + "'")
        .matches(exchange);
  }
}
