# The program alone, run by a user without rights:
#   docker run --rm -v "$PWD:/audit:ro" hds-audit check infra.yaml
FROM python:3.12-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY hds_audit ./hds_audit
COPY rules ./rules
RUN python -m venv /opt/hds-audit && /opt/hds-audit/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.12-slim
COPY --from=build /opt/hds-audit /opt/hds-audit
RUN useradd --system --no-create-home --uid 10001 audit
ENV PATH="/opt/hds-audit/bin:$PATH" \
    HDS_AUDIT_CACHE=off \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /audit
ENTRYPOINT ["hds-audit"]
CMD ["--help"]
