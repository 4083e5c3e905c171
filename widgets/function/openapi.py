"""Owns the description of the routes: OpenAPI 3.1, made from the contract's files, so that there is one
truth."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from widgets import CONTRACT_DIR

_REFERENCE = re.compile(r"^(?:schemas/)?([a-z.-]+)\.schema\.json(?:#/\$defs/([a-z_]+))?$")


@cache
def openapi_document() -> bytes:
    contract = json.loads((CONTRACT_DIR / "routes.json").read_text(encoding="utf-8"))
    paths: dict[str, dict[str, Any]] = {}
    for route in contract["routes"]:
        paths.setdefault(route["path"], {})[route["method"].lower()] = _operation(route)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Gatherwell's function",
            "version": "1",
            "description": "Polls, reactions and comments of a condition community.",
        },
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "device": {"type": "apiKey", "in": "header", "name": "Gatherwell-Key"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-gw"},
            },
        },
        "x-problem-codes": json.loads((CONTRACT_DIR / "codes.json").read_text(encoding="utf-8")),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _operation(route: dict[str, Any]) -> dict[str, Any]:
    answer = route["answer"]
    operation: dict[str, Any] = {
        "operationId": re.sub(
            r"\W+", "-", f"{route['method'].lower()}{route['path'][len('/api/v1') :]}"
        ).strip("-"),
        "summary": route["summary"],
        "parameters": _parameters(route),
        "responses": {
            **_by_form(route),
            answer["status"]: _answer(answer, "form" in route),
            "default": {
                "description": "A problem (RFC 9457)",
                "content": {
                    "application/problem+json": {"schema": _named("problem.answer")},
                    "text/html": {},
                },
            },
        },
        "x-cache": route["cache"],
        "x-origin": route["origin"],
        "x-erasure": route["erasure"],
    }
    if route["who"] == "member":
        operation["security"] = [{"device": []}, {"cookie": []}]
    body = _body(route)
    if body:
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _by_form(route: dict[str, Any]) -> dict[str, Any]:
    """A form's answer: a way, not a document."""
    if "form" not in route:
        return {}
    ways: dict[str, Any] = {"303": {"description": "To the page, or to the page that says what happened."}}
    if route.get("help"):
        ways["200"] = {"description": "Where to turn, at once", "content": {"text/html": {}}}
    return ways


def _answer(answer: dict[str, Any], by_form: bool) -> dict[str, Any]:
    if answer["status"] == "303":
        return {"description": "To the page, or to the page that says what happened."}
    schema: dict[str, Any] = dict(_named(answer["schema"])) if answer["schema"] else {}
    if answer["schema"] == "me.answer":
        schema = {"anyOf": [_named("me.answer"), _named("erasure.answer")]}
    content: dict[str, Any] = {answer["media"]: {"schema": schema} if schema else {}}
    if answer["schema"] == "me.answer" and by_form:
        content["text/html"] = {}
    return {"description": "Done", "content": content}


def _parameters(route: dict[str, Any]) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", route["path"])
    words = {"comment": "comment"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _named(f"words.{words.get(name, 'id')}")}
        for name in names
    ]
    found += [
        {"name": name, "in": "query", "required": False, "description": text, "schema": {"type": "string"}}
        for name, text in route.get("query", {}).items()
    ]
    if route.get("idempotency"):
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema})
    return found


def _body(route: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if "request" in route:
        content["application/json"] = {"schema": _named(route["request"])}
    if "form" in route:
        properties = {name: {"type": "string", "description": text} for name, text in route["form"].items()}
        content["application/x-www-form-urlencoded"] = {
            "schema": {"type": "object", "properties": properties}
        }
    return content


def _named(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((CONTRACT_DIR / "schemas").glob("*.schema.json")):
        name = path.name.removesuffix(".schema.json")
        schema = _internal(json.loads(path.read_text(encoding="utf-8")))
        for word, definition in schema.pop("$defs", {}).items():
            found[f"{name}.{word}"] = definition
        if name != "words":
            found[name] = {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
    return found


def _internal(value: Any) -> Any:
    """References between the contract's files become references within one document."""
    if isinstance(value, list):
        return [_internal(item) for item in value]
    if not isinstance(value, dict):
        return value
    reference = _REFERENCE.match(value["$ref"]) if isinstance(value.get("$ref"), str) else None
    if reference:
        return _named(".".join(part for part in reference.groups() if part))
    return {key: _internal(item) for key, item in value.items()}
