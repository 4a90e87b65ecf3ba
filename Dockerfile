# The example as a public demo: docs/how-to/hosting-the-demo.md. Each start writes its data anew.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=example_project.hosted \
    DJANGO_DATABASE=/data/db.sqlite3 \
    DJANGO_MEDIA=/data/media
WORKDIR /app
COPY . .
RUN python -m pip install --no-cache-dir . "gunicorn>=25,<28" "whitenoise>=6.9,<7"
RUN DJANGO_SECRET_KEY=unused DEMO_HOST=localhost python manage.py collectstatic --noinput
RUN useradd --system demo && mkdir /data && chown demo /data
USER demo
EXPOSE 8000
CMD ["sh", "-c", "python manage.py migrate && python manage.py seed && exec gunicorn example_project.wsgi --bind 0.0.0.0:8000 --workers 2 --threads 4"]
