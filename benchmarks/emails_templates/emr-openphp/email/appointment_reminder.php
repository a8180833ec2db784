<html><body>
<p>Dear <?php echo text($row['fname'] . ' ' . $row['lname']); ?>,</p>
<p>This is a courtesy reminder of your appointment with <?php echo text($provider_name); ?> on <?php echo oeFormatShortDate($row['pc_eventDate']); ?>.</p>
<p>If you need to reschedule call our office.</p>
</body></html>
