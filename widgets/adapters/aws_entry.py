"""The module that Lambda loads: its handler, made once per start from the environment."""

import os

from widgets.adapters.aws_lambda import make_handler

handler = make_handler(os.environ)
