package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voicegateway.call.TransferRules.Target;
import io.voicegateway.call.TransferRules.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom an agent may hand its caller on. */
class TransferRulesTest {

  private static final Path FILE = Path.of("src/test/resources/transfer-plan.yaml");
  private static final TransferRules RULES = TransferFile.read(FILE, text -> text);
  private static final NumberPlan PLAN =
      PlanFile.read(FILE, PlanEntry.standard("voice-agent"), text -> text, Set.of("default"));

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    // one of the plan's own numbers, in every form
    "+15550001000,                                 , +15550001000,                 transfer:***000",
    "tel:+15550001000,                             , +15550001000,                 transfer:***000",
    "TEL:+1-555-000-1000,                          , +15550001000,                 transfer:***000",
    "+1 (555) 000-1000,                            , +15550001000,                 transfer:***000",
    "0015550001000,                                , +15550001000,                 transfer:***000",
    "+493012345670,                                , +493012345670,                transfer:***670",
    "030 12345670,                               DE, +493012345670,                transfer:***670",
    "tel:030/12345670,                           DE, +493012345670,                transfer:***670",
    // an extension, by its name wherever it stands, and by its number
    "sales,                                        , +15550003671,                 transfer:sales",
    "tel:sales,                                    , +15550003671,                 transfer:sales",
    "sip:sales@anything.example.test,              , +15550003671,                 transfer:sales",
    "sip:Sales@gateway;transport=tls,              , +15550003671,                 transfer:sales",
    "sip:sales,                                    , +15550003671,                 transfer:sales",
    "SIPS:FRONT-DESK@x,                            , sip:desk@pbx.example.test,    transfer:front-desk",
    "100,                                        DE, +15550003100,                 transfer:100",
    "tel:100,                                      , +15550003100,                 transfer:100",
    "tel:+15550003671,                             , +15550003671,                 transfer:***671",
    "sip:hotline@x,                                , +49900123456,                 transfer:hotline",
    // what the list allows
    "+4930999,                                     , +4930999,                     transfer:***999",
    "0049 30 99999999,                             , +493099999999,                transfer:***999",
    "0151 23456789,                              DE, +4915123456789,               transfer:***789",
    "sip:anna@pbx.example.test,                    , sip:anna@pbx.example.test,    transfer:sip:***nna@pbx.example.test",
    "sip:123@PBX.Example.Test;transport=tcp,       , sip:123@PBX.Example.Test;transport=tcp, transfer:sip:***123@PBX.Example.Test",
    "sips:1@phones.example.test:5080,              , sips:1@phones.example.test:5080, transfer:sips:***1@phones.example.test:5080",
  })
  void whoIsNamedIsCalled(String asked, @Nullable String country, String target, String label) {
    Target found = RULES.target(asked, country, PLAN);

    assertThat(found.person().target()).isEqualTo(target);
    assertThat(found.label()).isEqualTo(label);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "+15550001001",
        "tel:+19005551234",
        "+448711234567",
        "+8816123456",
        // premium rate, although a prefix allows the country
        "+499001123456",
        "+49900123456789",
        "tel:+49-900-1234567",
        "sip:anna@evil.example.test",
        "sip:anna@pbx.example.test.evil.example.test",
        "sip:anna@pbx.example.test:5062",
        "sip:anna@phones.example.test",
        "sip:+493012345670@evil.example.test",
        "sip:reception@evil.example.test",
        "sip:anna@xn--pbx.example.test",
      })
  void whoIsNotNamedIsNot(String asked) {
    RefusedTransfer refused = refusal(asked, null);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.sentence()).startsWith(refused.target());
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "tel:",
        "sip:",
        "somebody",
        "reception",
        "110",
        "030 12345670",
        "anna@pbx.example.test",
        "http://pbx.example.test",
        "dial:+493012345670",
        // %-escapes are not read, so that nothing is read twice
        "tel:%2B493012345670",
        "sip:%73ales@pbx.example.test",
        "sip:anna%40evil.example.test@pbx.example.test",
        "sales%00",
        // parameters change who is called
        "tel:+493012345670;ext=5",
        "tel:12345670;phone-context=+4930",
        "tel:+493012345670;phone-context=+1900",
        "sip:anna@pbx.example.test;maddr=evil.example.test",
        "sip:anna@pbx.example.test;transport=udp;maddr=evil.example.test",
        "sip:anna@pbx.example.test?Route=%3Csip:evil.example.test%3E",
        "sip:anna@pbx.example.test;user=phone",
        "sip:anna:word@pbx.example.test",
        "sip:anna@evil.example.test@pbx.example.test",
        "sip:evil.example.test/@pbx.example.test",
        "sip:a;b@pbx.example.test",
        "sip:@pbx.example.test",
        "sip:pbx.example.test",
        "sip:anna@[2001:db8::1]",
        "<sip:anna@pbx.example.test>",
        // lines that end early
        "+493012345670\r\nX-Evil: 1",
        "sip:anna@pbx.example.test\nTo: x",
        "sip:anna\r@pbx.example.test",
        "+493012345670\u0085",
        "+493012345670\u2028+19005551234",
        "+493012345670,+19005551234",
        "+493012345670#1900",
        "*67+493012345670",
        "+４９３０１２３４５６７０",
      })
  void whatIsNotUnderstoodIsNotGuessed(String asked) {
    RefusedTransfer refused = refusal(asked, null);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.target()).matches("[\\x21-\\x7e]{0,6}");
  }

  @Test
  void aTargetOfAnyLengthIsRefused() {
    assertThat(refusal("sip:" + "a".repeat(100_000) + "@pbx.example.test", null).status())
        .isEqualTo(400);
    assertThat(refusal("+" + "4".repeat(300), null).status()).isEqualTo(400);
  }

  @Property
  void noTextIsTakenForSomebodyWhoIsNotNamed(@ForAll String text) {
    RefusedTransfer refused =
        catchThrowableOfType(
            RefusedTransfer.class, () -> TransferRules.NONE.target(text, "DE", PLAN));

    assertThat(refused).isNotNull();
  }

  @Test
  void withoutAnyRuleThePlansOwnNumbersMayBeCalled() {
    assertThat(TransferRules.NONE.target("tel:+15550001000", null, PLAN).person().target())
        .isEqualTo("+15550001000");
    assertThat(
            catchThrowableOfType(
                    RefusedTransfer.class,
                    () -> TransferRules.NONE.target("+493099999999", null, PLAN))
                .status())
        .as("a number that only a prefix of the plan takes")
        .isEqualTo(403);
  }

  @Test
  void aRefusalNamesNoWholeNumber() {
    for (String asked : List.of("+15550009876", "tel:+49900123456789", "sip:+15550009876@x.test")) {
      RefusedTransfer refused = refusal(asked, null);

      assertThat(refused.sentence() + refused.target()).doesNotContain("5550009876", "123456789");
    }
  }

  @Test
  void everyWrongEntryGetsASentenceOfItsOwn() throws IOException {
    assertThat(
            problems(
                """
                gateway:
                  extension: {sales: "+15550003671"}
                  extensions:
                    sales: +15550003671
                    a b: "+15550003671"
                    desk: "desk@pbx"
                    Twice: "+15550003671"
                    twice: "+15550003671"
                  transfer: {by: dial}
                  transfers:
                    by: magic
                    alow: ["+49"]
                    allow: ["4930", +4930, "@", "@pbx.test;maddr=x", "sip:anna@pbx.test", "*", "+49*"]
                """))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("gateway.extension is not known"),
            line -> assertThat(line).startsWith("gateway.transfer is not known"),
            line -> assertThat(line).contains("unknown key 'alow'"),
            line -> assertThat(line).contains("allow: '4930'"),
            line -> assertThat(line).contains("allow:"),
            line -> assertThat(line).contains("allow: '@'"),
            line -> assertThat(line).contains("allow: '@pbx.test;maddr=x'"),
            line -> assertThat(line).contains("allow: 'sip:anna@pbx.test'"),
            line -> assertThat(line).contains("allow: '*'"),
            line -> assertThat(line).contains("allow: '+49*'"),
            line -> assertThat(line).startsWith("gateway.extensions.sales: must stand in quotes"),
            line -> assertThat(line).startsWith("gateway.extensions.a b: a name has"),
            line -> assertThat(line).startsWith("gateway.extensions.desk: must be a number"),
            line -> assertThat(line).startsWith("gateway.extensions.twice: stands twice"),
            line -> assertThat(line).isEqualTo("gateway.transfers.by must be dial or refer"));
  }

  @Test
  void listsAndNamesMustBeSuch() throws IOException {
    assertThat(problems("{gateway: {extensions: [sales], transfers: {allow: \"+49\"}}}"))
        .hasSize(2);
    assertThat(problems("{gateway: {transfers: [\"+49\"]}}")).hasSize(1);
  }

  @Test
  void aFileThatSaysNothingHasNoRules() throws IOException {
    assertThat(read("")).isEqualTo(TransferRules.NONE);
    assertThat(read("{gateway: {extensions: , transfers: }}")).isEqualTo(TransferRules.NONE);
    assertThat(TransferFile.read(folder.resolve("none.yaml"), text -> text))
        .isEqualTo(TransferRules.NONE);
  }

  @Test
  void aNumberMayComeFromTheEnvironment() throws IOException {
    TransferRules rules =
        TransferFile.read(
            written("{gateway: {extensions: {sales: \"${SALES}\"}, transfers: {by: refer}}}"),
            text -> text.replace("${SALES}", "+15550003671"));

    assertThat(rules.extensions()).containsEntry("sales", new Rung.DialPerson("+15550003671"));
    assertThat(rules.way()).isEqualTo(Way.REFER);
  }

  private static RefusedTransfer refusal(String asked, @Nullable String country) {
    RefusedTransfer refused =
        catchThrowableOfType(RefusedTransfer.class, () -> RULES.target(asked, country, PLAN));
    assertThat(refused).as(asked).isNotNull();
    return refused;
  }

  private List<String> problems(String yaml) throws IOException {
    Path file = written(yaml);
    return catchThrowableOfType(InvalidPlan.class, () -> TransferFile.read(file, text -> text))
        .problems();
  }

  private TransferRules read(String yaml) throws IOException {
    return TransferFile.read(written(yaml), text -> text);
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("plan.yaml"), yaml);
  }
}
