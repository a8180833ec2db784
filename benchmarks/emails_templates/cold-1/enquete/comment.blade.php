<p>A patient left feedback about {{ $clinic->name }}:</p>
<p>"{{ $feedback->comment }}"</p>
<p>Rating: {{ $feedback->stars }}/5</p>
