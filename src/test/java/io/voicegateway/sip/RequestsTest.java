package io.voicegateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.sip.SipAddress.Transport;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {

  @Test
  void addresses_of_ipv6_stand_in_brackets_and_without_their_zone() throws Exception {
    byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
    InetSocketAddress own =
        new InetSocketAddress(Inet6Address.getByAddress("here", linkLocal, 1), 40000);
    SipAddress server = new SipAddress("2001:db8::1", 5061, Transport.TLS);

    String invite = new Requests(server, own, "gw", "call-1").invite(1, List.of()).text();

    assertThat(invite)
        .startsWith("INVITE sip:call-1@[2001:db8::1];transport=tls SIP/2.0\r\n")
        .contains("Via: SIP/2.0/TLS [fe80:0:0:0:0:0:0:1]:40000;rport;branch=z9hG4bK")
        .contains("From: <sip:gw@[fe80:0:0:0:0:0:0:1]>;tag=")
        .contains("Contact: <sip:gw@[fe80:0:0:0:0:0:0:1]:40000;transport=tls>\r\n")
        .contains("c=IN IP6 fe80:0:0:0:0:0:0:1\r\n");
  }

  @Test
  void the_length_is_that_of_the_body() {
    InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    SipAddress server = new SipAddress("h", 5060, Transport.UDP);
    String text = new Requests(server, own, "gw", "call-1").invite(1, List.of()).text();
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);

    assertThat(text).contains("Content-Length: " + body.length() + "\r\n");
    assertThat(body).endsWith("a=sendrecv\r\n").doesNotContain("\r\n\r\n");
  }
}
