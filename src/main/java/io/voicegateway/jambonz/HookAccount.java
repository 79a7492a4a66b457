package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The account that a hook says it is of, read before anybody knows whether that is true. */
final class HookAccount {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String FIELD = "account_sid";

  private HookAccount() {}

  /**
   * Its id, of several the last, as whoever reads the hook takes it; null when none stands there.
   */
  static @Nullable String named(byte[] body) {
    String account = null;
    try (JsonParser hook = JSON.createParser(body)) {
      if (hook.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (hook.nextToken() == JsonToken.FIELD_NAME) {
        boolean named = FIELD.equals(hook.currentName());
        JsonToken value = hook.nextToken();
        if (named) {
          account = value.isScalarValue() ? hook.getValueAsString() : null;
        }
        hook.skipChildren();
      }
      return account;
    } catch (IOException noHook) {
      return account;
    }
  }
}
