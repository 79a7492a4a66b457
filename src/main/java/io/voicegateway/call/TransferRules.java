package io.voicegateway.call;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom an agent may hand its caller on to. Whatever is not named is refused: an agent can be talked
 * into anything, and somebody earns money with each call to his own expensive number.
 *
 * @param extensions persons by the names that agents use, in lower case
 * @param prefixes beginnings of E.164 numbers
 * @param hosts hosts of SIP addresses, with their port where the address has one
 * @param way how it is done
 */
public record TransferRules(
    Map<String, Rung.DialPerson> extensions, List<String> prefixes, Set<String> hosts, Way way) {

  /** How a caller gets to the person. */
  public enum Way {
    /** Jambonz dials the person and joins him to the caller. */
    DIAL,
    /** The caller's carrier is asked to do so, by REFER; when it does not, Jambonz dials. */
    REFER
  }

  /**
   * A person who may be called.
   *
   * @param label of the rung on which he is, for the call's record
   */
  public record Target(Rung.DialPerson person, String label) {}

  /** Nothing but the plan's own numbers. */
  static final TransferRules NONE = new TransferRules(Map.of(), List.of(), Set.of(), Way.DIAL);

  private static final int LONGEST = 256;
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:(tel|sips?):)?(.*)");
  private static final Pattern NAME = Pattern.compile("([^@:;?]+)(?:[@:;?].*)?");
  private static final Pattern NUMBER = Pattern.compile("\\+?[\\d ().\\-/]+");

  /**
   * No password, no header and no parameter but the transport: {@code maddr} alone sends the call
   * to another host than the one that is read here.
   */
  private static final Pattern SIP_ADDRESS =
      Pattern.compile(
          "(?i)[a-z0-9.+_*#~-]{1,64}@(?<host>[a-z0-9][a-z0-9.-]{0,252}(?::\\d{1,5})?)"
              + "(?:;transport=(?:udp|tcp|tls))?");

  /** A telephone number that is not among those of the rules. */
  private static final String NOT_ALLOWED =
      "%s is neither a number of the plan nor an extension, and no prefix in"
          + " gateway.transfers.allow is its own.";

  private static final String PREMIUM =
      "%s is a premium-rate number, which only an extension may name.";

  private static final String FOREIGN_HOST = "%s is at no host of gateway.transfers.allow.";

  private static final String UNREADABLE =
      "A transfer goes to a number with its plus, a national number where the plan has a country, a"
          + " tel: or sip: address without parameters, or an extension.";

  public TransferRules {
    extensions = Map.copyOf(extensions);
    prefixes = List.copyOf(prefixes);
    hosts = Set.copyOf(hosts);
  }

  /**
   * The person that is meant.
   *
   * @param asked a number, a {@code tel:} or {@code sip:} address, or the name of an extension
   * @param country gives national numbers their meaning, null for none
   * @throws RefusedTransfer when it is none of these, or must not be called
   */
  public Target target(String asked, @Nullable String country, NumberPlan plan) {
    Matcher parts = SCHEME.matcher(asked.strip());
    if (asked.length() > LONGEST || !parts.matches()) {
      throw RefusedTransfer.unreadable(masked(asked), UNREADABLE);
    }
    String scheme = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
    Target extension = extension(parts.group(2));
    if (extension != null) {
      return extension;
    }
    return scheme.startsWith("sip")
        ? sipAddress(scheme, parts.group(2))
        : number(parts.group(2), country, plan);
  }

  private @Nullable Target extension(String text) {
    Matcher name = NAME.matcher(text);
    Rung.DialPerson person =
        name.matches() ? extensions.get(name.group(1).toLowerCase(Locale.ROOT)) : null;
    return person == null
        ? null
        : new Target(person, Rung.TRANSFER + name.group(1).toLowerCase(Locale.ROOT));
  }

  private Target sipAddress(String scheme, String rest) {
    Matcher address = SIP_ADDRESS.matcher(rest);
    if (!address.matches()) {
      throw RefusedTransfer.unreadable(masked(scheme + ":" + rest), UNREADABLE);
    }
    Target target = target(scheme + ":" + rest);
    if (!hosts.contains(address.group("host").toLowerCase(Locale.ROOT))) {
      String shown = target.person().masked();
      throw RefusedTransfer.forbidden(shown, FOREIGN_HOST.formatted(shown));
    }
    return target;
  }

  private Target number(String text, @Nullable String country, NumberPlan plan) {
    String e164 = NUMBER.matcher(text).matches() ? NumberFormat.party(text, country).e164() : null;
    if (e164 == null) {
      throw RefusedTransfer.unreadable(masked(text), UNREADABLE);
    }
    if (!plan.names(e164) && !isExtensions(e164)) {
      checkPrefix(e164);
    }
    return target(e164);
  }

  private boolean isExtensions(String e164) {
    return extensions.containsValue(new Rung.DialPerson(e164));
  }

  private void checkPrefix(String e164) {
    String shown = Mask.tail(e164);
    if (prefixes.stream().noneMatch(e164::startsWith)) {
      throw RefusedTransfer.forbidden(shown, NOT_ALLOWED.formatted(shown));
    }
    if (NumberFormat.isPremium(e164)) {
      throw RefusedTransfer.forbidden(shown, PREMIUM.formatted(shown));
    }
  }

  private static Target target(String address) {
    Rung.DialPerson person = new Rung.DialPerson(address);
    return new Target(person, Rung.TRANSFER + person.masked());
  }

  /** Of something that may be anything. */
  private static String masked(String text) {
    return Mask.tail(text.replaceAll("[^\\x21-\\x7e]", ""));
  }
}
