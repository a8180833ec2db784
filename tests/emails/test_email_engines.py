"""Engines recognised, and their code parted from their text without losing a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.emails.cut import cut
from hds_audit.emails.delimiters import DELIMITERS
from hds_audit.emails.engine import recognised
from hds_audit.emails.expression import Expressions
from hds_audit.emails.reading import read_file
from hds_audit.model.template import Engine

BY_CONTENT: list[tuple[str, Engine]] = [
    ("{% load i18n %}{{ user.name }}", "django"),
    ("{% if x %}{{ y }}{% endif %}", "jinja"),
    ("{{ path('app_login') }}", "twig"),
    ("{% assign a = 1 %}{{ a }}", "liquid"),
    ("{{#if x}}{{y}}{{/if}}", "handlebars"),
    ("<% @users.each do |u| %><%= u.name %><% end %>", "erb"),
    ("<%- @x = 1 %><%= @x %>", "erb"),
    ("<%- include('header') %><p><%= name %></p>", "ejs"),
    ("<% users.forEach(function(u) { %><%= u %><% }) %>", "ejs"),
    ("<?php echo $name; ?>", "php"),
    ("<p th:text=\"${name}\">x</p>", "thymeleaf"),
    ("Hello [[${name}]]", "thymeleaf"),
    ("<#if a??>${a}</#if>", "freemarker"),
    ("Hello {$name}{if $x}!{/if}", "smarty"),
    ("#if($x)\n$x.name\n#end", "velocity"),
    ("@(name: String)\nHello @name", "twirl"),
    ("@model Mail\nHello @Model.Name", "razor"),
    ("@component('mail::message')\nHello {{ $name }}\n@endcomponent", "blade"),
    ("Dear ((name)), hello", "notify"),
    ("Hello %(name)s", "placeholders"),
    ("Hello *|FNAME|*", "placeholders"),
    ("Hello", "plain"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "engine"), BY_CONTENT)
def test_an_engine_is_known_by_its_marks(text: str, engine: Engine) -> None:
    assert recognised("mail.html", text) == engine


@pytest.mark.parametrize(
    ("path", "engine"),
    [
        ("a.html.erb", "erb"),
        ("a.blade.php", "blade"),
        ("a.php", "php"),
        ("a.scala.html", "twirl"),
        ("A.TWIG", "twig"),
        ("a.hbs", "handlebars"),
        ("a.tsx", "jsx"),
        ("a.pug", "pug"),
    ],
)
def test_a_suffix_that_names_an_engine_decides(path: str, engine: Engine) -> None:
    assert recognised(path, "{{ x }}") == engine


PRINTED: list[tuple[str, str, tuple[str, ...]]] = [
    ("a.j2", "Hi {{ user.first_name|title }}", ("user", "first_name")),
    ("a.twig", "Hi {{ user.first_name ?? 'you' }}", ("user", "first_name")),
    ("a.hbs", "Hi {{{user.first_name}}}", ("user", "first_name")),
    ("a.erb", "Hi <%= @user.first_name %>", ("user", "first_name")),
    ("a.ejs", "Hi <%- user.first_name %>", ("user", "first_name")),
    ("a.blade.php", "Hi {!! $user->first_name !!}", ("user", "first_name")),
    ("a.php", "Hi <?= $user['first_name'] ?>", ("user", "first_name")),
    ("a.ftl", "Hi ${user.first_name}", ("user", "first_name")),
    ("a.html", "Hi [[${user.first_name}]]", ("user", "first_name")),
    ("a.tpl", "Hi {$user.first_name}", ("user", "first_name")),
    ("a.vm", "Hi $!{user.first_name}", ("user", "first_name")),
    ("a.vm", "Hi $user.first_name", ("user", "first_name")),
    ("a.scala.html", "Hi @user.first_name", ("user", "first_name")),
    ("a.cshtml", "Hi @user.first_name", ("user", "first_name")),
    ("a.slim", "p Hi #{@user.first_name}", ("user", "first_name")),
    ("a.slim", "p = @user.first_name", ("user", "first_name")),
    ("a.haml", "%p= @user.first_name", ("user", "first_name")),
    ("a.pug", "p Hi #{user.first_name}", ("user", "first_name")),
    ("a.tsx", "return (<Text>Hi {user.first_name}</Text>)", ("user", "first_name")),
    ("a.tmpl", "Hi {{.User.FirstName}}", ("User", "FirstName")),
    ("a.txt", "Hi ((first name))", ("first_name",)),
    ("a.txt", "Hi %(first_name)s", ("first_name",)),
    ("a.txt", "Hi %{first_name}", ("first_name",)),
    ("a.txt", "Hi {first_name}", ("first_name",)),
    ("a.txt", "Hi *|FNAME|*", ("FNAME",)),
    ("a.txt", "Hi [[FirstName]]", ("FirstName",)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "variable"), PRINTED)
def test_what_is_printed_is_named_in_every_engine(path: str, text: str, variable: tuple[str, ...]) -> None:
    reading = read_file("", path, text, Expressions())
    assert variable in [shown for mark in reading.marks if mark.kind == "output" for shown in mark.expression.shown]


COMMENTS = [
    ("a.j2", "a {# diabetes #} b"), ("a.j2", "a {% comment %}diabetes{% endcomment %} b"), ("a.hbs", "a {{!-- diabetes --}} b"),
    ("a.erb", "a <%# diabetes %> b"), ("a.blade.php", "a {{-- diabetes --}} b"), ("a.ftl", "a <#-- diabetes --> b"),
    ("a.tpl", "a {* diabetes *} {$b}"), ("a.vm", "a $b #* diabetes *#"), ("a.html", "<p>a</p><!-- diabetes -->"),
    ("a.slim", "p a\n/ diabetes\n  diabetes"), ("a.pug", "p a\n// diabetes"), ("a.html", "<style>.diabetes{}</style><p>a</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text"), COMMENTS)
def test_comments_and_styles_are_not_read(path: str, text: str) -> None:
    reading = read_file("", path, text, Expressions())
    assert reading.sentences
    assert not any("diabetes" in sentence.text for sentence in reading.sentences)


@given(st.sampled_from(sorted(DELIMITERS)), st.text(alphabet=st.sampled_from(list("ab{}%<>=#$@()[]!*|?-'\"/.\n ")), max_size=200))
def test_no_line_is_lost_whatever_the_text(engine: Engine, text: str) -> None:
    parted = cut(engine, text, Expressions())
    assert parted.text.count("\n") == text.count("\n")
    assert all(1 <= mark.line <= text.count("\n") + 1 for mark in parted.marks)


def test_jinja_closings_inside_literals_do_not_close() -> None:
    parted = cut("jinja", "{{ '}} diabetes' }} end", Expressions())
    assert [mark.code for mark in parted.marks] == [" '}} diabetes' "]
    assert parted.text.endswith(" end")


def test_what_jinja_leaves_raw_is_printed_by_the_engine_after_it() -> None:
    parted = cut("jinja", "{% raw %}{{ diagnosis }}{% endraw %}", Expressions())
    assert [mark.expression.shown for mark in parted.marks] == [(("diagnosis",),)]


def test_an_opening_that_nothing_closes_is_told() -> None:
    assert cut("jinja", "one\n{{ two", Expressions()).unclosed == 2


LOOPS = [
    ("a.j2", "{% for m in stay.medications.all() %}{{ m.name }}{% endfor %}"),
    ("a.erb", "<% @stay.medications.each do |m| %><%= m.name %><% end %>"),
    ("a.ejs", "<% stay.medications.forEach(function(m) { %><%= m.name %><% }) %>"),
    ("a.blade.php", "@foreach($stay->medications as $m){{ $m->name }}@endforeach"),
    ("a.tpl", "{foreach from=$stay.medications item=m}{$m.name}{/foreach}"),
    ("a.ftl", "<#list stay.medications as m>${m.name}</#list>"),
    ("a.vm", "#foreach($m in $stay.medications)$m.name#end"),
    ("a.hbs", "{{#each stay.medications}}{{this.name}}{{/each}}"),
    ("a.scala.html", "@(stay: Stay)\n@for(m <- stay.medications) { @m.name }"),
    ("a.html", '<p th:each="m : ${stay.medications}"><b th:text="${m.name}">x</b></p>'),
]


@pytest.mark.parametrize(("path", "text"), LOOPS)
def test_an_element_of_a_loop_is_a_part_of_its_collection(path: str, text: str) -> None:
    shown = [path for mark in read_file("", path, text, Expressions()).marks for path in mark.expression.shown]
    assert any("medications" in path and path[-1] == "name" for path in shown)
