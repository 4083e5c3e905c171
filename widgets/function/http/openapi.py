"""Owns the description of the routes: OpenAPI 3.1, made from the contract's files and from what later kinds
declare in code, so that each is written once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from widgets import CONTRACT_DIR
from widgets.function.http.routing import PREFIX, ApiRoute, Shape
from widgets.function.state.public_answers import CACHE_CONTROL

_REFERENCE = re.compile(r"^(?:schemas/)?([a-z.-]+)\.schema\.json(?:#/\$defs/([a-z_]+))?$")


@dataclass(frozen=True, slots=True)
class Declared:
    """What kinds declare beside the contract's files.

    `shown` is the shape of an item by part of the answer of `me`, `counted` the names of counts by thread.
    """

    routes: Sequence[ApiRoute] = ()
    shown: Mapping[str, Shape] = field(default_factory=dict)
    counted: Sequence[str] = ()


def describe(declared: Declared) -> bytes:
    contract = json.loads((CONTRACT_DIR / "routes.json").read_text(encoding="utf-8"))
    paths: dict[str, dict[str, Any]] = {}
    for route in [*contract["routes"], *map(_written, declared.routes)]:
        if route is None:
            continue
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
            "schemas": _extended(_schemas(), declared),
            "securitySchemes": {
                "device": {"type": "apiKey", "in": "header", "name": "Gatherwell-Key"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-gw"},
            },
        },
        "x-problem-codes": json.loads((CONTRACT_DIR / "codes.json").read_text(encoding="utf-8")),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _written(route: ApiRoute) -> dict[str, Any] | None:
    """A route as `routes.json` would write it; None for one that stands there."""
    described = route.described
    if described is None:
        return None
    written: dict[str, Any] = {
        "method": route.method,
        "path": PREFIX + route.path,
        "summary": described.summary,
        "cache": CACHE_CONTROL if described.public else "no-store",
        "who": "anyone" if described.public else "member",
        "origin": "any" if described.public else "own",
        "erasure": "within 75 s" if described.public else "at once",
        "answer": {
            "status": described.status,
            "media": "application/json",
            "schema": described.answer.__name__,
        },
    }
    if described.request is not None:
        written |= {"request": described.request.__name__, "idempotency": True}
    if described.page:
        written["page"] = True
    return {**written, "form": dict(described.form)} if described.form else written


def _extended(schemas: dict[str, Any], declared: Declared) -> dict[str, Any]:
    """The contract's schemas with the declared ones, and what `me` and counts show of them."""
    described = [route.described for route in declared.routes if route.described]
    shapes = {shape for one in described for shape in (one.request, one.answer) if shape}
    wanted = sorted(shapes | set(declared.shown.values()), key=lambda shape: shape.__name__)
    template = "#/components/schemas/{name}"
    _, components = msgspec.json.schema_components(wanted, ref_template=template)
    number = {"type": "integer", "minimum": 0}
    me, erased = schemas["me.answer"], schemas["erasure.answer"]["properties"]["erased"]
    for part, shape in declared.shown.items():
        _require(me, part, {"type": "array", "items": _named(shape.__name__)})
        _require(erased, part, number)
    for name in declared.counted:
        _require(schemas["counts.answer"]["properties"]["counts"]["additionalProperties"], name, number)
    return schemas | {name: _without_z(schema) for name, schema in components.items()}


def _require(schema: dict[str, Any], name: str, of: dict[str, Any]) -> None:
    schema["properties"][name] = of
    schema["required"].append(name)


def _without_z(value: Any) -> Any:
    """Patterns end with Python's \\Z, which JSON Schema's regular expressions write as $."""
    if isinstance(value, list):
        return [_without_z(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: item.replace(r"\Z", "$") if name == "pattern" and isinstance(item, str) else _without_z(item)
        for name, item in value.items()
    }


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
            answer["status"]: _answer(answer, "form" in route, page="page" in route),
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
    """A form is answered by a redirect, or by a page, not by a document."""
    if "form" not in route:
        return {}
    if route.get("page"):
        return {"200": {"description": "A page that says what happened", "content": {"text/html": {}}}}
    ways: dict[str, Any] = {"303": {"description": "To the page, or to the page that says what happened."}}
    if route.get("help"):
        ways["200"] = {"description": "Where to turn, at once", "content": {"text/html": {}}}
    return ways


def _answer(answer: dict[str, Any], by_form: bool, *, page: bool) -> dict[str, Any]:
    if answer["status"] == "303":
        return {"description": "To the page, or to the page that says what happened."}
    schema: dict[str, Any] = dict(_named(answer["schema"])) if answer["schema"] else {}
    if answer["schema"] == "me.answer":
        schema = {"anyOf": [_named("me.answer"), _named("erasure.answer")]}
    content: dict[str, Any] = {answer["media"]: {"schema": schema} if schema else {}}
    if (answer["schema"] == "me.answer" and by_form) or (page and answer["status"] == "200"):
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
