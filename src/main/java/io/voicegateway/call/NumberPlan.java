package io.voicegateway.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which agent answers which called number. An exact number beats a prefix, a longer prefix beats a
 * shorter one, and {@code *} takes the rest.
 */
public final class NumberPlan {

  private volatile Read read;

  /**
   * @param entries in any order
   * @param rest the entry for numbers that no other one names
   * @param mostCalls how many calls of all numbers may be under way at a time, 0 for any number
   */
  NumberPlan(List<PlanEntry> entries, PlanEntry rest, int mostCalls) {
    this.read = Read.of(entries, rest, mostCalls);
  }

  /** Says from now on what the other one says; who asks it knows nothing of that. */
  public void become(NumberPlan other) {
    read = other.read;
  }

  /** The entry for a called number as the platform sent it. */
  public PlanEntry choose(@Nullable String called) {
    Read now = read;
    PlanEntry best = now.rest;
    for (Numbers numbers : now.byCountry) {
      Party party = NumberFormat.party(called, numbers.country);
      PlanEntry exact = numbers.exact.get(party.number());
      if (exact != null) {
        return exact;
      }
      PlanEntry prefix = numbers.longestPrefix(party.number());
      if (prefix != null && prefix.number().length() > best.number().length()) {
        best = prefix;
      }
    }
    return best;
  }

  /** The entry for numbers that no other one names. */
  public PlanEntry rest() {
    return read.rest;
  }

  /** All entries, the one for the rest last. */
  public List<PlanEntry> entries() {
    return read.entries;
  }

  /** How many calls of all numbers may be under way at a time, 0 for any number. */
  public int mostCalls() {
    return read.mostCalls;
  }

  /** Whether that number has an entry of its own. */
  public boolean names(String number) {
    return read.entries.stream().anyMatch(entry -> entry.number().equals(number));
  }

  /** How long the agent's side may ring for the number that has most patience. */
  public int longestDialSeconds() {
    return read.entries.stream().mapToInt(PlanEntry::dialTimeoutSeconds).max().orElseThrow();
  }

  /** Whether LiveKit rings back for calls of some number, at first or later. */
  public boolean letsLiveKitRingBack() {
    return read.entries.stream().anyMatch(PlanEntry::letsLiveKitRingBack);
  }

  /** The names of all agents in the plan. */
  public Set<String> agents() {
    return read.agents;
  }

  /** What was read at one time. */
  private record Read(
      PlanEntry rest,
      int mostCalls,
      List<Numbers> byCountry,
      List<PlanEntry> entries,
      Set<String> agents) {

    static Read of(List<PlanEntry> entries, PlanEntry rest, int mostCalls) {
      List<PlanEntry> all = Stream.concat(entries.stream(), Stream.of(rest)).toList();
      Map<String, List<PlanEntry>> countries = new LinkedHashMap<>();
      for (PlanEntry entry : entries) {
        String country = entry.country() == null ? "" : entry.country();
        countries.computeIfAbsent(country, unseen -> new ArrayList<>()).add(entry);
      }
      return new Read(
          rest,
          mostCalls,
          countries.values().stream().map(Numbers::new).toList(),
          all,
          agents(all));
    }

    private static Set<String> agents(List<PlanEntry> entries) {
      Set<String> agents = new TreeSet<>();
      for (PlanEntry entry : entries) {
        agents.add(entry.agent());
        if (entry.backupAgent() != null) {
          agents.add(entry.backupAgent());
        }
      }
      return agents;
    }
  }

  /** The entries of one country, so that a called number is brought into its form only once. */
  private static final class Numbers {
    private final @Nullable String country;
    private final Map<String, PlanEntry> exact = new HashMap<>();
    private final List<PlanEntry> prefixes = new ArrayList<>();

    Numbers(List<PlanEntry> entries) {
      country = entries.get(0).country();
      for (PlanEntry entry : entries) {
        if (entry.isPrefix()) {
          prefixes.add(entry);
        } else {
          exact.put(entry.number(), entry);
        }
      }
      prefixes.sort(Comparator.comparing((PlanEntry entry) -> entry.number().length()).reversed());
    }

    @Nullable PlanEntry longestPrefix(String number) {
      for (PlanEntry entry : prefixes) {
        if (number.startsWith(entry.prefix())) {
          return entry;
        }
      }
      return null;
    }
  }
}
