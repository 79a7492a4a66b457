package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import io.voicegateway.console.web.Frame.Tab;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** Says on a page why there is none where a browser asks for one; tools get JSON from Spring. */
@Component
final class ErrorPages implements ErrorViewResolver {

  private final Frames frames;
  private final Templates templates;

  ErrorPages(Frames frames, Templates templates) {
    this.frames = frames;
    this.templates = templates;
  }

  @Override
  public ModelAndView resolveErrorView(
      HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
    JteModel page =
        templates.refused(
            frames.of(status.getReasonPhrase(), Tab.LIVE, request), sentence(request, status));
    return new ModelAndView(view(page));
  }

  private static View view(JteModel page) {
    return (model, request, response) -> {
      response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
      response.getOutputStream().write(page.render().getBytes(StandardCharsets.UTF_8));
    };
  }

  private static String sentence(HttpServletRequest request, HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "There is no page at this address.";
      case METHOD_NOT_ALLOWED -> "This address shows no page: it is asked by a page's button.";
      case FORBIDDEN ->
          Objects.toString(
              request.getAttribute(RequestDispatcher.ERROR_MESSAGE), "This is not allowed.");
      default ->
          status.is5xxServerError()
              ? "The request failed in the gateway; the log says where."
              : "The request is not one that this address takes.";
    };
  }
}
