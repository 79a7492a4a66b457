# The gateway as an image: a JRE, the program in layers, and the routes and application.yaml, over
# which operators may mount theirs. It runs as a user of its own on a read-only root and writes to
# /app/data and /tmp alone.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml gateway application.yaml ./
COPY src src
COPY routes routes
RUN --mount=type=cache,target=/root/.m2 ./gateway --version

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 gateway \
  && useradd --system --uid 10001 --gid gateway --home-dir /app --no-create-home gateway \
  && install --directory --owner=gateway --group=gateway --mode=0700 /app/data
WORKDIR /app
# What changes seldom first: the libraries are most of the image.
COPY --from=build /src/target/app/lib target/app/lib
COPY --from=build /src/target/app/gateway.jar target/app/
COPY application.yaml gateway ./
COPY routes routes
# One call on the sandbox shows this very JVM which classes a start needs; kept ready, they halve its time.
RUN PORT=0 MANAGEMENT_PORT=0 \
  java -XX:+UseSerialGC -XX:ArchiveClassesAtExit=target/app/classes.jsa -jar target/app/gateway.jar try --once \
  && rm -rf data/*
USER 10001:10001
VOLUME ["/app/data", "/tmp"]
# hooks, and the management port: that one is reached from outside only with MANAGEMENT_ADDRESS
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-3000} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q UP <&3"]
ENTRYPOINT ["./gateway"]
CMD ["run"]
