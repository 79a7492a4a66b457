package io.voicegateway.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.doctor.Judgement;
import io.voicegateway.doctor.OfflineDoctor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Cases from a file, judged without asking anybody. */
final class OfflineCases {

  private static final JsonMapper JSON = new JsonMapper();

  private final CommandSpec spec;
  private final boolean json;

  /**
   * @param spec of the command that was typed
   */
  OfflineCases(CommandSpec spec, boolean json) {
    this.spec = spec;
    this.json = json;
  }

  /** The exit code: 0 when all would be answered. */
  int judge(String file) throws IOException {
    List<Judgement> judgements;
    List<String> unreadable = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    try {
      judgements = OfflineDoctor.judge(text(file), unreadable::add, unknown::add);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), file + ": " + wrong.getMessage(), wrong);
    }
    if (json) {
      System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(judgements));
    } else {
      judgements.forEach(OfflineCases::print);
    }
    unknown.forEach(sentence -> say(file, "warning: " + sentence));
    unreadable.forEach(sentence -> say(file, sentence));
    if (!unreadable.isEmpty()) {
      return spec.exitCodeOnInvalidInput();
    }
    return judgements.stream().allMatch(one -> one.outcome().equals("answered")) ? 0 : 1;
  }

  private void say(String file, String sentence) {
    spec.commandLine().getErr().println("gateway: " + Printable.line(file + ": " + sentence));
  }

  private String text(String file) {
    try {
      byte[] bytes =
          file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file, unreadable);
    }
  }

  private static void print(Judgement one) {
    String code =
        one.finalCode() == null
            ? ""
            : " %d %s".formatted(one.finalCode(), one.reason()).stripTrailing();
    System.out.println(
        Printable.line("%s: %s%s. %s".formatted(one.name(), one.outcome(), code, one.cause())));
    if (!one.advice().isEmpty()) {
      System.out.println(
          (one.outcome().equals("answered") ? "    warning: " : "    ")
              + Printable.line(one.advice()));
    }
  }
}
