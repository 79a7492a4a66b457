package io.voicegateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.voicegateway.sip.SipAddress.Transport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipAddressTest {

  @ParameterizedTest
  @CsvSource({
    "sip.example.test,                          tcp, sip.example.test, 5060, TCP",
    "sip.example.test,                          UDP, sip.example.test, 5060, UDP",
    "sip.example.test,                          tls, sip.example.test, 5061, TLS",
    "sip.example.test:5070,                     tls, sip.example.test, 5070, TLS",
    "' 192.0.2.1:5061 ',                        udp, 192.0.2.1,        5061, UDP",
    "sip:sip.example.test,                      tcp, sip.example.test, 5060, TCP",
    "sips:sip.example.test,                     tcp, sip.example.test, 5061, TLS",
    "SIPS:sip.example.test;transport=tls,       tcp, sip.example.test, 5061, TLS",
    "sips:sip.example.test;transport=tcp,       tls, sip.example.test, 5060, TCP",
    "sip:sip.example.test:5080;transport=UDP,   tcp, sip.example.test, 5080, UDP",
    "[::1]:5060,                                tcp, ::1,              5060, TCP",
    "sip:[2001:db8::1];transport=tls,           udp, 2001:db8::1,      5061, TLS"
  })
  void reads_every_form_that_the_settings_allow(
      String uri, String transport, String host, int port, Transport way) {
    assertThat(SipAddress.parse(uri, transport)).isEqualTo(new SipAddress(host, port, way));
  }

  @ParameterizedTest
  @CsvSource({
    "sip:user@host,             tcp, without a user",
    "'',                        tcp, host or host:port",
    "2001:db8::1,               tcp, host or host:port",
    "host:0,                    tcp, from 1 to 65535",
    "host:65536,                tcp, from 1 to 65535",
    "host,                      ws,  'tcp, udp or tls'",
    "host;transport=sctp,       tcp, 'tcp, udp or tls'",
  })
  void says_what_is_wrong_with_any_other(String uri, String transport, String words) {
    assertThatThrownBy(() -> SipAddress.parse(uri, transport))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Property
  void reads_or_refuses_any_text(@ForAll String uri, @ForAll String transport) {
    Throwable refused = catchThrowable(() -> SipAddress.parse(uri, transport));

    if (refused != null) {
      assertThat(refused).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sip.example.test, tcp, sip:call-1@sip.example.test;transport=tcp",
    "host:5070,        udp, sip:call-1@host:5070;transport=udp",
    "host:5061,        tls, sip:call-1@host;transport=tls",
    "[::1]:5061,       tcp, sip:call-1@[::1]:5061;transport=tcp"
  })
  void calls_users_as_jambonz_does(String uri, String transport, String called) {
    assertThat(SipAddress.parse(uri, transport).uri("call-1")).isEqualTo(called);
  }
}
